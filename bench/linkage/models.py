"""How Splink is set up for each set: as its own demonstrations do for that data, or for data of that kind.

A model says what is done to the columns before (`columns`, SQL of DuckDB), how rows are compared and blocked, which
deterministic rules give the first guess of how many pairs match, and on which blocks EM is trained.
"""

from dataclasses import dataclass, field

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import block_on


@dataclass
class Model:
    comparisons: list
    blocking: list
    trained: list
    certain: list = field(default_factory=list)
    recall: float = 0.7
    prior: float | None = None
    columns: str = "*"
    one_to_one: bool = False
    random_pairs: float = 5e6


def bare(column):
    return f"nullif(trim(regexp_replace(lower(strip_accents({column})), '[^a-z0-9]+', ' ', 'g')), '')"


def frequent(comparison):
    return comparison.configure(term_frequency_adjustments=True)


def french():
    """Cleaned first, as Splink's guide to data preparation asks: case, accents, formats, placeholders to null; an
    e-mail or telephone of more than thirty rows is nobody's."""
    known = "nullif(nullif(nullif(nullif({0}, 'inconnu'), 'x'), 'n a'), '')"
    street = (
        "nullif(trim(regexp_replace(regexp_replace(" + bare("adresse") + ", "
        "'\\b(rue|r|avenue|av|ave|boulevard|bd|bld|boul|chemin|ch|che|chem|impasse|imp|allee|all|place|pl|route|rte|"
        "residence|res|square|sq|de|du|des|la|le|les|l|d)\\b', ' ', 'g'), ' +', ' ', 'g')), '')"
    )
    date = (
        "coalesce(try_strptime(date_naissance, '%Y-%m-%d'), case when length(date_naissance) = 8 "
        "then try_strptime(date_naissance, '%d/%m/%y') else try_strptime(date_naissance, '%d/%m/%Y') end)"
    )
    digits = "right(regexp_replace(telephone, '[^0-9]', '', 'g'), 9)"
    columns = f"""
        given, family,
        case when born in ('1900-01-01', '1970-01-01') then null
             when born > '2026-12-31' then (born - interval 100 year)::date else born end::date::varchar as born,
        case when count(*) over (partition by email) <= 30 then email end as email,
        case when length(phone) = 9 and count(*) over (partition by phone) <= 30 then phone end as phone,
        street, nullif(code_postal, '') as code, city, nullif(numero_client, '') as card
        from (select *,
            {known.format(bare("prenom"))} as given, {known.format(bare("nom"))} as family, {date} as born,
            nullif(lower(email), '') as email, {digits} as phone, {street} as street,
            regexp_replace({bare("ville")}, '^st ', 'saint ') as city from raw)
    """

    def name(column, other):
        """Exact, each in the other's place, nearly, an initial or the first of two names."""
        return cl.CustomComparison(
            output_column_name=column,
            comparison_levels=[
                cll.NullLevel(column),
                cll.ExactMatchLevel(column, term_frequency_adjustments=True),
                cll.ColumnsReversedLevel(column, other, symmetrical=True),
                cll.JaroWinklerLevel(column, 0.92),
                cll.JaroWinklerLevel(column, 0.85),
                cll.CustomLevel(
                    f"starts_with({column}_l, {column}_r) or starts_with({column}_r, {column}_l)", "one begins the other"
                ),
                cll.ElseLevel(),
            ],
        )

    place = cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.And(cll.NullLevel("code"), cll.NullLevel("city")),
            cll.ExactMatchLevel("code", term_frequency_adjustments=True),
            cll.ExactMatchLevel("city", term_frequency_adjustments=True),
            cll.Or(cll.JaroWinklerLevel("city", 0.92), cll.LevenshteinLevel("code", 1)),
            cll.ElseLevel(),
        ],
    )
    return Model(
        columns=columns,
        comparisons=[
            name("given", "family"),
            name("family", "given"),
            cl.DateOfBirthComparison("born", input_is_string=True),
            frequent(cl.EmailComparison("email")),
            frequent(cl.DamerauLevenshteinAtThresholds("phone", 1)),
            frequent(cl.JaroWinklerAtThresholds("street", [0.92, 0.8])),
            place,
            cl.DamerauLevenshteinAtThresholds("card", 1),
        ],
        blocking=[
            block_on("email"),
            block_on("phone"),
            block_on("card"),
            block_on("family", "born"),
            block_on("given", "born"),
            block_on("given", "family", "code"),
            block_on("given", "family", "city"),
            block_on("street", "code"),
            block_on("born", "code"),
            block_on("given", "street"),
            block_on("family", "street"),
            "l.given = r.family and l.family = r.given",
        ],
        certain=[
            "l.given = r.given and l.family = r.family and l.born = r.born",
            "l.given = r.given and l.email = r.email",
            "l.given = r.given and l.phone = r.phone",
            "l.card = r.card",
        ],
        recall=0.8,
        trained=[block_on("given", "family"), block_on("born", "code"), block_on("born", "email")],
    )


def febrl(number=True, linked=False):
    given_born = cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=False)
    comparisons = [
        frequent(cl.NameComparison("given_name")),
        frequent(cl.NameComparison("surname")),
        given_born,
        frequent(cl.LevenshteinAtThresholds("street_number", 1)),
        frequent(cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7])),
        frequent(cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7])),
        frequent(cl.DamerauLevenshteinAtThresholds("postcode", 1)),
    ]
    blocking = [
        block_on("given_name", "surname"),
        block_on("date_of_birth"),
        block_on("surname", "postcode"),
        block_on("given_name", "postcode"),
        block_on("address_1", "suburb"),
        block_on("address_1", "street_number"),
        block_on("postcode", "substr(surname, 1, 2)"),
        block_on("suburb", "substr(given_name, 1, 2)"),
        "l.given_name = r.surname and l.surname = r.given_name",
    ]
    certain = ["l.given_name = r.given_name and l.surname = r.surname and l.date_of_birth = r.date_of_birth"]
    if number:
        comparisons.append(cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]))
        blocking.append(block_on("soc_sec_id"))
        certain.append("l.soc_sec_id = r.soc_sec_id")
    else:
        certain.append("l.given_name = r.given_name and l.address_1 = r.address_1")
        certain.append("l.surname = r.surname and l.date_of_birth = r.date_of_birth")
    return Model(
        comparisons=comparisons,
        blocking=blocking,
        certain=certain,
        recall=0.9 if number else 0.7,
        trained=[block_on("date_of_birth"), block_on("surname", "postcode"), block_on("given_name", "suburb")],
        one_to_one=linked,
    )


def fake():
    return Model(
        comparisons=[
            frequent(cl.NameComparison("first_name")),
            frequent(cl.NameComparison("surname")),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            frequent(cl.ExactMatch("city")),
            frequent(cl.EmailComparison("email")),
        ],
        blocking=[
            block_on("first_name"),
            block_on("surname"),
            block_on("dob"),
            block_on("email"),
            "l.first_name = r.surname and l.surname = r.first_name",
        ],
        certain=[
            "l.first_name = r.first_name and levenshtein(r.dob, l.dob) <= 1",
            "l.surname = r.surname and levenshtein(r.dob, l.dob) <= 1",
            "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2",
            "l.email = r.email",
        ],
        recall=0.7,
        trained=[block_on("first_name", "surname"), block_on("dob")],
    )


def historical():
    return Model(
        columns="*, first_name || ' ' || surname as whole_name from raw",
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="whole_name"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            frequent(cl.LevenshteinAtThresholds("postcode_fake", 2)),
            frequent(cl.ExactMatch("birth_place")),
            frequent(cl.ExactMatch("occupation")),
        ],
        blocking=[
            block_on("substr(first_name, 1, 3)", "substr(surname, 1, 4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake, 1, 3)", "dob"),
            block_on("substr(postcode_fake, 1, 3)", "first_name"),
            block_on("substr(postcode_fake, 1, 3)", "surname"),
            block_on("substr(first_name, 1, 2)", "substr(surname, 1, 2)", "substr(dob, 1, 4)"),
        ],
        certain=[
            "l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
            "substr(l.first_name, 1, 2) = substr(r.first_name, 1, 2) and l.surname = r.surname "
            "and substr(l.postcode_fake, 1, 2) = substr(r.postcode_fake, 1, 2)",
            "l.dob = r.dob and l.postcode_fake = r.postcode_fake",
        ],
        recall=0.6,
        trained=[block_on("first_name", "surname"), block_on("dob")],
    )


def transactions():
    amount = cl.CustomComparison(
        output_column_name="amount",
        comparison_levels=[
            cll.NullLevel("amount"),
            cll.ExactMatchLevel("amount"),
            *(cll.PercentageDifferenceLevel("amount", share) for share in (0.01, 0.03, 0.1, 0.3)),
            cll.ElseLevel(),
        ],
    )
    memo = cl.CustomComparison(
        output_column_name="memo",
        comparison_levels=[
            cll.NullLevel("memo"),
            cll.ExactMatchLevel("memo", term_frequency_adjustments=True),
            cll.CustomLevel("substr(memo_l, 1, 10) = substr(memo_r, 1, 10)", "ten letters"),
            cll.CustomLevel("substr(memo_l, 1, 6) = substr(memo_r, 1, 6)", "six letters"),
            cll.JaroWinklerLevel("memo", 0.8),
            cll.ElseLevel(),
        ],
    )
    days = cl.CustomComparison(
        output_column_name="transaction_date",
        comparison_levels=[
            cll.NullLevel("transaction_date"),
            *(
                cll.CustomLevel(f"transaction_date_r - transaction_date_l between 0 and {most}", f"{most} days")
                for most in (1, 2, 4, 10, 22)
            ),
            cll.ElseLevel(),
        ],
    )
    close = "l.amount / r.amount between 0.7 and 1.43"
    return Model(
        columns="* replace (amount::double as amount, transaction_date::date as transaction_date) from raw",
        comparisons=[amount, memo, days],
        blocking=[
            f"strftime(l.transaction_date, '%Y%m') = strftime(r.transaction_date, '%Y%m') "
            f"and substr(l.memo, 1, 3) = substr(r.memo, 1, 3) and {close}",
            f"strftime(l.transaction_date + 15, '%Y%m') = strftime(r.transaction_date, '%Y%m') "
            f"and substr(l.memo, 1, 3) = substr(r.memo, 1, 3) and {close}",
            "l.memo = r.memo and l.amount / r.amount between 0.9 and 1.1",
            "l.amount = r.amount and l.transaction_date <= r.transaction_date",
        ],
        trained=[block_on("memo"), block_on("amount")],
        prior=1 / 45_326,
        one_to_one=True,
    )


def model_of(name):
    """The model of a prepared set."""
    if name.startswith("people"):
        return french()
    if name.startswith("febrl"):
        return febrl(number="no_ssn" not in name, linked=name.startswith("febrl4"))
    return {"fake_1000": fake, "historical_50k": historical, "transactions": transactions}[name]()
