"""A PostgreSQL with as many customers and cases as one likes, made by the database itself out of a few words."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, text

from database.engine import Database, migrate, open_database
from database.folding import fold, stem
from database.indexing import Words
from models.errors import Misconfigured

FIRST = ("María", "José", "Anna", "James", "Łukasz", "Søren", "Nguyễn", "Fátima", "Olga", "Wei", "Aisha", "Zoë")
FAMILY = ("García", "Smith", "Nguyễn", "O'Brien", "Müller", "Kowalski", "Yılmaz", "Hernández", "Lee", "Øster")
COMMON = "bill"  # stands in every second text
RARE = "kryptonite"  # stands in five
PER_CUSTOMER = 2.5  # cases
TEXTS = 0.5  # of cases have one


@dataclass(frozen=True)
class Plan:
    """How many cases, and how often each kind of search is tried."""

    cases: int = 1_000_000
    tries: int = 60
    writes: int = 300
    seed: int = 7

    @property
    def customers(self) -> int:
        return int(self.cases / PER_CUSTOMER)


@dataclass
class Vocabulary:
    """Names and words; the first of each are much more frequent than the last."""

    seed: int
    firsts: list[str] = field(default_factory=list)
    families: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        rng = random.Random(self.seed)
        self.firsts = [*FIRST, *_made(rng, 500 - len(FIRST), 2)]
        self.families = [*FAMILY, *_made(rng, 6000 - len(FAMILY), 3)]
        self.words = [word.lower() for word in _made(rng, 6000, 3)]


@contextmanager
def server(url: str) -> Iterator[str]:
    """The address of an empty database: the given one, or one of a server of our own that goes when this ends."""
    if url:
        yield url
        return
    sys.path.append(str(Path(__file__).resolve().parent.parent))  # the command knows only what is installed
    try:
        from tests.database.postgres import postgres_url  # noqa: PLC0415 - only there in a checkout
    except ImportError:
        raise Misconfigured("Give --database postgresql://… of an empty database, or run this in a checkout.") from None
    with postgres_url() as own:
        yield own


async def load(url: str, plan: Plan, words: Words, progress: Callable[[str, float], None]) -> Database:
    """An opened database, full; what the search looks in is filled the way the code fills it."""
    await migrate(url)
    db, known = await open_database(url), Vocabulary(plan.seed)
    steps = [("words", lambda c: _words(c, known, words)), *((name, _sql(name, plan)) for name in STEPS)]
    for number, (name, work) in enumerate(steps):
        progress(name, number / len(steps))
        await db.at_once(work)
        await _settle(db, "ANALYZE")
    progress("vacuum", 0.95)
    await _settle(db, "VACUUM (ANALYZE)")
    return db


async def _settle(db: Database, statement: str) -> None:
    """What a server does by itself in time: a short-lived one may have it switched off."""
    async with db.sessions() as session:
        await session.execute(text(statement))


def _made(rng: random.Random, count: int, syllables: int) -> list[str]:
    onsets, vowels = ("b c d f g h k l m n p r s t v z ch st br".split(), "aeiou")  # noqa: SIM905 - read as one line
    found = dict[str, None]()
    while len(found) < count:
        found["".join(rng.choice(onsets) + rng.choice(vowels) for _ in range(syllables)).title()] = None
    return list(found)


def _words(connection: Connection, known: Vocabulary, words: Words) -> None:
    for table, given in (("b_first", known.firsts), ("b_family", known.families)):
        connection.execute(text(f"CREATE TABLE {table} (n int PRIMARY KEY, name text, folded text)"))
        rows = [{"n": n, "name": name, "folded": fold(name).replace("'", "")} for n, name in enumerate(given)]
        connection.execute(text(f"INSERT INTO {table} VALUES (:n, :name, :folded)"), rows)
    connection.execute(text("CREATE TABLE b_word (n int PRIMARY KEY, word text, hash bigint)"))
    given = [*known.words, COMMON, RARE]
    hashed = words.hashes(stem(fold(word)) for word in given)
    rows = [{"n": n, "word": word, "hash": hash_} for n, (word, hash_) in enumerate(zip(given, hashed, strict=True))]
    connection.execute(text("INSERT INTO b_word VALUES (:n, :word, :hash)"), rows)


def _sql(name: str, plan: Plan) -> Callable[[Connection], None]:
    counts = {"cases": plan.cases, "customers": plan.customers, "texts": int(plan.cases * TEXTS)}

    def work(connection: Connection) -> None:
        # Rows come in the order of an index and refer to what is there: nothing is to be checked one by one.
        for setting in ("session_replication_role = replica", "work_mem = '256MB'", "maintenance_work_mem = '256MB'"):
            connection.execute(text(f"SET LOCAL {setting}"))
        connection.execute(text("SELECT setseed(0.42)"))
        for statement in STEPS[name].split(";"):
            bound = {key: value for key, value in counts.items() if f":{key}" in statement}
            connection.execute(text(statement), bound)

    return work


# Ids are numbers in letters of base32; random()^2 makes the first of a list the most frequent by far.
_ID = "'c_' || translate(lpad(({})::text, 20, '0'), '01289', 'aoebc')"
STEPS = {
    "customers": f"""
        INSERT INTO customers (id, language, zone, name, met_at)
        SELECT {_ID.format("g")}, 'en', 'America/New_York', f.name || ' ' || l.name,
               now() - random() * interval '900 days'
        FROM (SELECT g, floor(500 * random() ^ 2)::int a, floor(6000 * random() ^ 2)::int b
              FROM generate_series(1, CAST(:customers AS int)) g) x
        JOIN b_first f ON f.n = x.a JOIN b_family l ON l.n = x.b;
        INSERT INTO addresses (kind, value, customer, added_at, ending)
        SELECT 'phone', v, id, met_at, right(v, 4) FROM
        (SELECT id, met_at, '+1' || lpad(floor(random() * 10000000000)::bigint::text, 10, '2') v FROM customers) x
        ON CONFLICT DO NOTHING;
        INSERT INTO addresses (kind, value, customer, added_at, ending)
        SELECT 'email', v, id, met_at, right(v, 4) FROM
        (SELECT c.id, met_at, f.folded || '.' || row_number() OVER () || '@mail.example' v
         FROM customers c JOIN b_first f ON f.name = split_part(c.name, ' ', 1) WHERE random() < 0.7) x""",
    "cases": f"""
        INSERT INTO cases (id, customer, moment, number, open, status, step, sequence, turn, opened_at, touched_at)
        SELECT m || '/' || c || '/' || g, c, m, g, o, CASE WHEN o THEN 'open' ELSE 'finished' END, 'amount', 12,
               json_build_object('status', 'open', 'answers', repeat(md5(g::text), 16)), at, at
        FROM (SELECT g, o, {_ID.format("1 + floor(random() * CAST(:customers AS int))::int")} c,
                     (ARRAY['pay-bill', 'change-plan', 'upgrade-device', 'resolve-billing-issue'])[1 + g % 4] m,
                     now() - random() * interval '1 day' * CASE WHEN o THEN 30 ELSE 730 END AS at
              FROM (SELECT g, random() < 0.05 AS o FROM generate_series(1, CAST(:cases AS int)) g) y) x
        ORDER BY c ON CONFLICT DO NOTHING""",
    "names": """
        INSERT INTO sought_names (record, word, at)
        SELECT c.id, f.folded, coalesce(k.at, c.met_at) FROM customers c
        LEFT JOIN (SELECT customer, max(opened_at) AS at FROM cases GROUP BY customer) k ON k.customer = c.id
        JOIN b_first f ON f.name = split_part(c.name, ' ', 1);
        INSERT INTO sought_names (record, word, at)
        SELECT s.record, l.folded, s.at FROM sought_names s JOIN customers c ON c.id = s.record
        JOIN b_family l ON l.name = split_part(c.name, ' ', 2) ON CONFLICT DO NOTHING""",
    "papers": """
        INSERT INTO company_bills (id, customer, label, owed, minimum, currency, due)
        SELECT 'bill-' || row_number() OVER (), id, 'May', 40, 10, 'USD', current_date FROM customers;
        INSERT INTO company_papers (kind, id, customer, body, at)
        SELECT 'order', upper(substr(md5(id), 1, 8)), id, '{"state": "placed"}', met_at FROM customers
        WHERE random() < 0.7 ON CONFLICT DO NOTHING;
        INSERT INTO sought_papers (number, kind, id, record) SELECT id, kind, id, customer FROM company_papers""",
    "texts": f"""
        CREATE TABLE b_text AS SELECT row_number() OVER (ORDER BY touched_at) g, id, customer, touched_at AS at
        FROM (SELECT * FROM cases LIMIT CAST(:texts AS int)) x;
        CREATE TABLE b_text_word AS SELECT DISTINCT g, n FROM
        (SELECT g, floor(6000 * random() ^ 2)::int n FROM b_text, generate_series(1, 8)
         UNION ALL SELECT g, (SELECT n FROM b_word WHERE word = '{COMMON}') FROM b_text WHERE g % 2 = 0
         UNION ALL SELECT g, (SELECT n FROM b_word WHERE word = '{RARE}') FROM b_text WHERE g <= 5) x;
        ALTER TABLE b_text ADD sought bigint;
        UPDATE b_text SET sought = ((extract(epoch FROM at) * 1000)::bigint << 20) | (g & 1048575);
        INSERT INTO sought_texts (id, record, case_id, sequence) SELECT sought, customer, id, 3 FROM b_text;
        DROP INDEX ix_sought_words_text;
        INSERT INTO sought_words (word, text)
        SELECT DISTINCT w.hash, t.sought FROM b_text_word x JOIN b_word w USING (n) JOIN b_text t USING (g)
        ORDER BY 1, 2;
        CREATE INDEX ix_sought_words_text ON sought_words (text);
        INSERT INTO journal (case_id, sequence, customer, at, what, data, run)
        SELECT t.id, 3, t.customer, t.at, 'remarked', json_build_object('text', string_agg(w.word, ' ')), 'r'
        FROM b_text t JOIN b_text_word x USING (g) JOIN b_word w USING (n) GROUP BY t.id, t.customer, t.at ORDER BY 1;
        DROP TABLE b_text_word""",
}
