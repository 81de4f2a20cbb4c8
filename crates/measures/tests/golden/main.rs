//! Golden vectors: every case of every file is a test of its own, run through `measures::ops`.
//!
//! To add a file: copy it into `tests/vectors/`, add a `golden!` block with the names of its cases. A case that is
//! in the file but not in the list (or the reverse) fails `no_case_is_left_out`.

#[cfg(test)]
mod compare;

/// One module per file, one test per case.
macro_rules! golden {
    ($module:ident, $file:literal, [$($case:ident),+ $(,)?]) => {
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
        mirror,
        mirror_small,
        mirror_item_without_staff,
    ]
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
    statistics,
    "07-statistics.json",
    [
        chi2_2x3,
        chi2_2x2_plain,
        chi2_2x2_yates,
        chi2_small_expected,
        chi2_2x2_yates_tiny_difference,
        chi2_exact_independence,
        chi2_zero_row,
        chi2_yates_on_2x3,
        fisher_tea,
        fisher_zero_cell,
        fisher_12_5,
        fisher_symmetric_ties,
        mwu_exact_small,
        mwu_likert_ties,
        mwu_all_tied,
        mwu_separated,
        mwu_empty,
        mwu_exact_with_ties,
        wilcoxon_exact,
        wilcoxon_ties_zeros,
        wilcoxon_ties_corrected,
        wilcoxon_all_zero,
        kruskal_3,
        kruskal_all_same,
        kruskal_two_groups,
        kruskal_empty_group,
        welch,
        welch_unequal,
        welch_constant,
        welch_n1,
        anova_3,
        anova_unbalanced,
        anova_zero_within,
        prop_45_60,
        prop_zero_one_side,
        prop_both_zero,
        prop_n0,
        pearson_ties,
        pearson_constant,
        spearman_ties,
        spearman_constant,
        kendall_ties,
        kendall_constant,
        kendall_exact_n7,
        pearson_perfect,
        ols,
        ols_collinear,
        ols_too_few_rows,
        size_infinite,
        size_n1000,
        size_p10,
        size_error_0,
        margin_400,
        margin_fpc,
        margin_census,
        alloc_proportional,
        alloc_rounding,
        alloc_neyman,
        alloc_neyman_capped,
        alloc_more_than_population,
        raking,
        poststratification,
        raking_empty_category,
        raking_unknown_category,
        deff_mixed,
        deff_equal,
        deff_all_zero,
        alpha,
        alpha_missing_row,
        alpha_constant_total,
        alpha_one_item,
        kappa_none,
        kappa_linear,
        kappa_quadratic,
        kappa_single_category,
        kappa_perfect,
        kappa_length,
        kripp_nominal,
        kripp_ordinal,
        kripp_interval,
        kripp_ratio,
        kripp_single_value,
        mult_5,
        mult_ties,
        mult_one,
        mult_p_above_1,
    ]
);
