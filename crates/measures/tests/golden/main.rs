//! Golden vectors: every case of every file is a test of its own, run through `measures::ops`.
//!
//! To add a file: copy it into `tests/vectors/`, add a `golden!` block with the names of its cases. A case that is
//! in the file but not in the list (or the reverse) fails `no_case_is_left_out`.

#[cfg(test)]
mod compare;

/// One module per file, one test per case. Cases of operations still to come are named after `pending`.
macro_rules! golden {
    ($module:ident, $file:literal, [$($case:ident),+ $(,)?] $(, pending [$($later:ident),+ $(,)?])?) => {
        #[cfg(test)]
        mod $module {
            const FILE: &str = include_str!(concat!("../vectors/", $file));

            $(
                #[test]
                fn $case() {
                    crate::compare::check_case(FILE, stringify!($case));
                }
            )+

            #[test]
            fn no_case_is_left_out() {
                crate::compare::check_names(FILE, &[$(stringify!($case),)+ $($(stringify!($later)),+)?]);
            }
        }
    };
}

golden!(
    nps_csat_ces_cos,
    "01-nps-csat-ces-cos.json",
    [
        textbook_60_25_15,
        all_promoters_n12,
        all_passives_n5,
        n1_detractor,
        n1_passive,
        small_n8_with_missing,
        class_boundaries_0_to_10,
        random_n200,
        balanced_zero_nps,
        empty,
        answer_11,
        answer_not_integer,
        newcombe_12_2_of_50,
        goodman_60_25_15,
        goodman_zero_class,
        two_waves,
        small_9_vs_7,
        identical,
        both_constant,
        weighted,
        mdd_200_200,
        csat_5pt,
        csat_all_satisfied,
        csat_none_satisfied_missing,
        csat_n1,
        csat_10pt_top3,
        csat_empty,
        ces2010,
        ces20,
        ces20_n1,
        cos_basic,
        cos_boundary,
    ]
);

golden!(
    service_quality,
    "05-service-quality.json",
    [
        servqual,
        servqual_missing,
        servqual_wrong_items,
        servqual_empty,
        servperf,
        qualities,
        kano_full_table,
        kano_attractive,
        kano_mustbe,
        kano_tie_m_o,
        kano_empty,
        kano_only_questionable,
        kano_missing_half,
        kano_code_out_of_range,
        ipa_mean,
        ipa_median,
        ipa_given,
        ipa_on_the_cross,
    ],
    pending [mirror, mirror_small, mirror_item_without_staff]
);

golden!(
    path_model,
    "06-pls-acsi.json",
    [
        mobi_ecsi_centroid,
        mobi_ecsi_path,
        mobi_ecsi_factorial,
        mobi_ecsi_unstandardised,
        mobi_seminr_mode_b,
        satisfaction_centroid_unstandardised,
        satisfaction_path_unstandardised,
        satisfaction_factorial_unstandardised,
        synthetic_path,
        synthetic_centroid,
        synthetic_missing_rows_dropped,
        constant_item,
        cycle,
        too_few_rows,
        index_acsi,
        index_all_at_minimum,
    ]
);

golden!(
    capacity,
    "08-capacity.json",
    [
        eb_10_15,
        eb_0_servers,
        eb_no_load,
        eb_overload,
        ec_call_centre,
        ec_tight,
        ec_target_zero,
        ec_single,
        ec_unstable_equal,
        ec_no_calls,
        ec_negative,
        need_80_20,
        need_occupancy_cap,
        need_asa_cap,
        need_impossible,
        ea_basic,
        ea_overloaded,
        ea_patient,
        mmck_2_5,
        mm1k_rho_1,
        mmcc_is_erlang_b,
        mmck_k_below_c,
        zone_90_exact,
        zone_100_exact,
        zone_101,
        zone_75_exact,
        zone_below_75,
        zone_above_90,
        zone_0,
        zone_no_capacity,
        zone_no_capacity_demand,
        zone_negative,
        zone_profile,
    ]
);

golden!(
    recovery,
    "09-recovery.json",
    [
        srp_paradox,
        srp_shortfall,
        srp_inconclusive,
        srp_constant,
        srp_too_few,
        srp_repurchase,
        srp_repurchase_all,
        fcr,
        fcr_pending,
        fcr_gap_boundary,
        fcr_empty,
        complaints_12_of_5000,
        complaints_0,
        complaints_1,
        complaints_exposure_0,
        pct_small,
        pct_random,
        pct_n1,
        pct_empty,
        sla,
        sla_none,
    ]
);
