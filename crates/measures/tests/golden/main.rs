//! Golden vectors: every case of every file is a test of its own, run through `measures::ops`.
//!
//! To add a file: copy it into `tests/vectors/`, add a `golden!` block with the names of its cases. A case that is
//! in the file but not in the list (or the reverse) fails `no_case_is_left_out`.

#[cfg(test)]
mod compare;

/// One module per file, one test per case.
macro_rules! golden {
    ($(#[$lint:meta])* $module:ident, $file:literal, [$($case:ident),+ $(,)?]) => {
        $(#[$lint])*
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
                crate::compare::check_names(FILE, &[$(stringify!($case)),+]);
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
    #[expect(non_snake_case, reason = "a case is named after T, the time observed")]
    clv,
    "04-clv.json",
    [
        cdnow_published_params,
        cdnow_fit,
        cdnow_published_params_pnbd,
        cdnow_fit_pnbd,
        inline_loglik,
        inline_pnbd_loglik,
        inline_simulated_fit,
        id1516,
        new_customer,
        recent,
        long_silent,
        t_zero,
        a_equals_1,
        pn_id1516,
        pn_new_customer,
        pn_long_silent,
        pn_alpha_lt_beta,
        pn_alpha_eq_beta,
        pn_s_equals_1,
        bg_count_probs,
        tx_after_T,
        x0_with_recency,
        dert_id1516,
        dert_new,
        cdnow_gammagamma,
        inline_gammagamma,
        gg_x1,
        gg_x10,
        gg_x0,
        gg_x0_q_below_1,
        gg_negative_value,
        clv_weekly,
        clv_no_discount,
        clv_zero_horizon,
        simple,
        simple_r0,
        simple_divergent,
        simple_bad_retention,
        summary,
    ]
);
