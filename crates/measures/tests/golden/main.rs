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
    retention,
    "02-retention.json",
    [
        basic,
        all_kept,
        empty_start,
        all_lost,
        mrr,
        mrr_zero,
        renewal_84_of_120,
        renewal_none_due,
        renewal_all,
        renewed_more_than_due,
        repurchase_year,
        repurchase_quarter,
        loyalty,
        products,
        products_nobody,
        competition,
        competition_no_loss,
        won_more_than_new,
        seniority,
        end_before_start,
        km_small_ties,
        km_waltons_control,
        km_no_event,
        km_n1_event,
        km_late_entry,
        km_never_half,
        km_empty,
        logrank_waltons,
        logrank_small,
        cohorts,
        cohort_month_ends,
        cohort_empty,
    ]
);

golden!(
    rfm_pareto_portfolio,
    "03-rfm-pareto-portfolio.json",
    [
        rfm_n23_ties_min_rank,
        rfm_n23_ties_ntile,
        rfm_n5_min_rank,
        rfm_n5_ntile,
        rfm_n1_min_rank,
        rfm_n1_ntile,
        rfm_all_same_min_rank,
        rfm_all_same_ntile,
        rfm_70pct_single_orders_min_rank,
        rfm_70pct_single_orders_ntile,
        rfm_fixed_cuts,
        rfm_empty,
        rfm_negative_recency,
        pareto_n30,
        pareto_equal,
        pareto_one_has_all,
        pareto_n1,
        pareto_all_zero,
        pareto_exact_80_boundary,
        pareto_empty,
        pareto_negative,
        portfolio,
        portfolio_no_value,
    ]
);
