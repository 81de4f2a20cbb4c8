use kernel::errors::{OnConstraint, Violation};
use kernel::{Error, Result, Tx};
use testkit::Kit;

use crate::{mark, marks, start};

type Sample = (Option<i64>, Option<String>, Option<bool>, Option<Vec<u8>>, Option<f64>);

fn put(kit: &Kit, sample: Sample) -> Sample {
    let id = kit.write(move |tx| {
        let (id, (whole, word, flag, bytes, number)) = (tx.new_id(), &sample);
        tx.execute(
            "INSERT INTO samples (id, whole, word, flag, bytes, number) VALUES ($1, $2, $3, $4, $5, $6)",
            &[&id, whole, word, flag, bytes, number],
        )?;
        Ok(id)
    });
    kit.read(|tx| {
        tx.query_one("SELECT whole, word, flag, bytes, number FROM samples WHERE id = $1", &[&id], |row| {
            let mut c = row.columns();
            Ok((c.next()?, c.next()?, c.next()?, c.next()?, c.next()?))
        })
    })
}

fn violation(kit: &Kit, sql: &'static str) -> (Violation, String) {
    match kit.try_write(move |tx| tx.execute(sql, &[])) {
        Err(Error::Constraint { kind, name }) => (kind, name),
        other => panic!("{sql}: {other:?}"),
    }
}

fn count(tx: &mut Tx<'_>) -> Result<i64> {
    tx.query_one("SELECT COUNT(*) FROM marks", &[], |row| row.get(0))
}

testkit::on_both! {
    with start;

    fn nothing_comes_back_as_nothing(kit) {
        assert_eq!(put(kit, (None, None, None, None, None)), (None, None, None, None, None));
    }

    fn values_come_back_as_they_went_in(kit) {
        let all_bytes: Vec<u8> = (0..=255).collect();
        let numbers = [0.1, f64::MAX, f64::MIN_POSITIVE, f64::INFINITY, -1.0 / 3.0, 3.0, 0.0];
        let wholes = [i64::MIN, i64::MAX, 0, -1, 1 << 53, (1 << 53) + 1, 7];
        for (whole, number) in wholes.into_iter().zip(numbers) {
            let sample: Sample = (
                Some(whole),
                Some("Hélène d’Œuvre 🐟\n'; --".to_owned()),
                Some(whole > 0),
                Some(if whole == 7 { Vec::new() } else { all_bytes.clone() }),
                Some(number),
            );
            assert_eq!(put(kit, sample.clone()), sample);
        }
    }

    fn parameters_are_taken_by_their_number(kit) {
        let sql = "SELECT CAST($2 AS BIGINT), CAST($1 AS BIGINT), CAST($2 AS BIGINT) + $1, 'costs $x and $'";
        let found: (i64, i64, i64, String) = kit.read(|tx| {
            tx.query_one(sql, &[&10_i64, &2_i64], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        });
        assert_eq!(found, (2, 10, 12, "costs $x and $".to_owned()));
    }

    fn columns_can_be_read_by_name(kit) {
        let sql = "SELECT CAST(1 AS BIGINT) AS one, CAST(2 AS BIGINT) AS two";
        let two: i64 = kit.read(|tx| tx.query_one(sql, &[], |row| row.named("two")));
        assert_eq!(two, 2);
    }

    fn violated_constraints_have_one_name_on_both_engines(kit) {
        kit.write(|tx| {
            tx.batch("INSERT INTO shelves VALUES (1, 'A', 0); INSERT INTO jars VALUES (1, 1, 1, 'plum')")
        });
        let expected = [
            ("INSERT INTO shelves VALUES (1, 'B', 0)", Violation::Unique, "shelves_pkey"),
            ("INSERT INTO shelves VALUES (2, 'A', 0)", Violation::Unique, "shelves_code_key"),
            ("INSERT INTO jars VALUES (2, 1, 1, 'pear')", Violation::Unique, "jars_shelf_id_place_key"),
            ("INSERT INTO jars VALUES (2, 1, 2, 'plum')", Violation::Unique, "jars_label_key"),
            ("INSERT INTO jars VALUES (2, 9, 2, 'pear')", Violation::Reference, "reference"),
            ("DELETE FROM shelves WHERE id = 1", Violation::Reference, "reference"),
            ("INSERT INTO shelves VALUES (2, 'B', -1)", Violation::Check, "shelves_floor_is_real"),
            ("INSERT INTO shelves VALUES (2, NULL, 0)", Violation::Check, "shelves_code_not_null"),
        ];
        for (sql, kind, name) in expected {
            assert_eq!(violation(kit, sql), (kind, name.to_owned()), "{sql}");
        }
    }

    fn a_key_of_two_columns_is_named_by_its_table(kit) {
        kit.write(|tx| tx.batch("INSERT INTO teams VALUES (1, 'T', 1); INSERT INTO sites VALUES (1, 'N', 'N', FALSE, 1)"));
        kit.write(|tx| tx.batch("INSERT INTO team_sites VALUES (1, 1)"));
        let found = violation(kit, "INSERT INTO team_sites VALUES (1, 1)");
        assert_eq!(found, (Violation::Unique, "team_sites_pkey".to_owned()));
    }

    fn a_violation_becomes_an_error_at_its_field(kit) {
        kit.write(|tx| tx.batch("INSERT INTO shelves VALUES (1, 'A', 0)"));
        let refused = kit.try_write(|tx| {
            tx.execute("INSERT INTO shelves VALUES (2, 'A', 0)", &[])
                .on_constraint("shelves_code_key", "code", "shelf-code-taken")
        });
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors[0].field == "code"));
    }

    fn an_attempt_that_fails_undoes_only_itself(kit) {
        kit.write(|tx| {
            mark(tx, "before")?;
            let failed = tx.attempt(|tx| {
                mark(tx, "inside")?;
                tx.execute("INSERT INTO shelves VALUES (1, NULL, 0)", &[])
            });
            assert!(failed.is_err());
            let kept = tx.attempt(|tx| {
                mark(tx, "kept")?;
                let nested = tx.attempt(|tx| {
                    mark(tx, "nested")?;
                    Err::<(), _>(Error::NotFound)
                });
                assert!(matches!(nested, Err(Error::NotFound)));
                Ok(())
            });
            assert!(kept.is_ok());
            mark(tx, "after")
        });
        assert_eq!(marks(kit), ["before", "kept", "after"]);
    }

    fn a_change_that_fails_changes_nothing(kit) {
        let refused = kit.try_write(|tx| {
            mark(tx, "lost")?;
            Err::<(), _>(Error::refused("no"))
        });
        assert!(matches!(refused, Err(Error::Refused(_))));
        assert!(marks(kit).is_empty());
    }

    fn a_change_that_passes_over_an_error_is_never_reported_done_and_lost(kit) {
        let outcome = kit.try_write(|tx| {
            mark(tx, "kept?")?;
            let _ = tx.execute("INSERT INTO shelves VALUES (1, NULL, 0)", &[]);
            Ok(())
        });
        assert_eq!(marks(kit).len(), usize::from(outcome.is_ok()));
    }

    fn an_error_after_the_first_row_is_never_passed_over(kit) {
        kit.write(|tx| tx.batch("INSERT INTO shelves VALUES (1, 'A', 1); INSERT INTO shelves VALUES (2, 'B', 0)"));
        let outcome = kit.try_write(|tx| {
            mark(tx, "kept?")?;
            // Dividing by nothing is an error on PostgreSQL and gives nothing on SQLite.
            tx.query_opt("SELECT 10 / floor FROM shelves ORDER BY id", &[], |row| row.get::<i64>(0))
        });
        assert_eq!(marks(kit).len(), usize::from(outcome.is_ok()));
        assert_eq!(outcome.is_ok(), kit.db().engine() == testkit::Engine::Sqlite);
    }

    fn the_first_row_of_a_change_does_not_hide_the_error_of_the_second(kit) {
        kit.write(|tx| tx.batch("INSERT INTO shelves VALUES (1, 'A', 1); INSERT INTO shelves VALUES (2, 'B', 0)"));
        let outcome = kit.try_write(|tx| {
            let sql = "UPDATE shelves SET floor = floor - 1 RETURNING id";
            tx.query_opt(sql, &[], |row| row.get::<i64>(0))
        });
        assert!(matches!(outcome, Err(Error::Constraint { kind: Violation::Check, .. })), "{outcome:?}");
    }

    fn a_reader_sees_one_moment(kit) {
        kit.read(|tx| {
            assert_eq!(count(tx)?, 0);
            kit.write(|tx| mark(tx, "meanwhile"));
            assert_eq!(count(tx)?, 0);
            Ok(())
        });
        assert_eq!(kit.read(count), 1);
    }

    fn a_reader_changes_nothing(kit) {
        assert!(kit.db().read(|tx| mark(tx, "no")).is_err());
        assert!(marks(kit).is_empty());
        assert!(kit.db().read(|_| Err::<(), _>(Error::NotFound)).is_err());
        assert_eq!(kit.read(count), 0);
    }

    fn what_is_missing_is_not_found(kit) {
        let sql = "SELECT id FROM marks WHERE id = $1";
        let one = kit.db().read(|tx| tx.query_one(sql, &[&1_i64], |row| row.get::<i64>(0)));
        assert!(matches!(one, Err(Error::NotFound)));
        assert_eq!(kit.read(|tx| tx.query_opt(sql, &[&1_i64], |row| row.get::<i64>(0))), None);
    }

    fn everything_in_a_transaction_happens_at_one_instant(kit) {
        let clock = kit.clock.clone();
        let (first, second) = kit.write(move |tx| {
            let first = tx.now();
            clock.advance(kernel::clock::SignedDuration::from_secs(5));
            Ok((first, tx.now()))
        });
        assert_eq!(first, second);
    }

    fn a_setting_is_computed_once_in_a_transaction_until_forgotten(kit) {
        kit.read(|tx| {
            let mut asked = 0;
            for _ in 0..3 {
                tx.once("setting", |_| { asked += 1; Ok("value".to_owned()) })?;
            }
            assert_eq!(asked, 1);
            tx.forget("setting");
            assert_eq!(tx.once("setting", |_| Ok("other".to_owned()))?, "other");
            Ok(())
        });
    }
}
