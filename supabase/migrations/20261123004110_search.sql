-- How a typed search becomes a query, and what it finds.

-- Whether a submission matches. By the index alone: the planner takes an unknown word for one that a scan meets soon.
create function app.is_written(p_query tsquery) returns boolean
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_indexscan = off as $$
begin
  return exists (select from app.submission_search w where w.words @@ p_query);
end $$;

-- Which share of the submissions matches, by the planner's statistics. Volatile, because only such a function may ask for a plan; it
-- writes nothing.
create function app.estimated_share(p_query tsquery) returns float
language plpgsql volatile set search_path = '' set enable_seqscan = off set enable_indexscan = off as $$
declare
  v_plan json;
begin
  execute format('explain (format json) select from app.submission_search w where w.words @@ %L', p_query) into v_plan;
  return (select (v_plan #>> '{0,Plan,Plan Rows}')::float / greatest(c.reltuples, 1)
    from pg_class c where c.oid = 'app.submission_search'::regclass);
end $$;

-- Whether so few match that the index may read them all: a half of a percent, and always 5,000.
create function app.is_rare(p_share float) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_share <= 0.005
    or p_share * (select c.reltuples from pg_class c where c.oid = 'app.submission_search'::regclass) <= 5000;
end $$;

-- The lexemes that an unfinished word may become, as the end of a query: the twenty shortest ones that somebody wrote, and
-- whatever begins so, a name among it, unless that is most of what there is: the index would read all of it.
create function app.ending_query(p_folded text) returns text
language plpgsql volatile set search_path = '' as $$
declare
  v_prefix text := quote_literal(p_folded) || ':*';
begin
  if app.is_rare(app.estimated_share(v_prefix::tsquery)) then return ' | ' || v_prefix; end if;
  return (select ' | ' || string_agg(quote_literal(a.word), ' | ') from (select v.word from app.search_words v
    where v.word >= p_folded and v.word < p_folded || chr(1114111) order by char_length(v.word), v.word limit 20) a);
end $$;

-- The lexemes that stand for a typed word, as one query; null for a word without meaning, such as «para». The last word
-- may be unfinished. A word that nobody wrote is replaced by the most alike ones that somebody did.
create function app.word_query(p_word text, p_last boolean) returns tsquery
language plpgsql volatile set search_path = '' as $$
declare
  v_folded text := app.folded(p_word);
  v_stems text[] := ts_lexize('pg_catalog.spanish_stem', lower(p_word));
  v_query text;
  v_known boolean;
begin
  if v_stems = '{}' then return null; end if;
  v_stems := array(select distinct app.folded(t.stem) from unnest(v_stems
    || ts_lexize('pg_catalog.spanish_stem', v_folded) || v_folded || nullif(ltrim(v_folded, '0'), '')) t (stem));
  v_query := (select string_agg(quote_literal(t.stem), ' | ') from unnest(v_stems) t (stem))
    || case when p_last then coalesce(app.ending_query(v_folded), '') else '' end;
  v_known := exists (select from app.search_words v where v.word = any (v_stems)) or app.is_written(v_query::tsquery);
  if not v_known then
    v_query := coalesce((select string_agg(quote_literal(a.word), ' | ') from (
      select v.word, extensions.similarity(v.word, v_folded) as likeness,
        max(extensions.similarity(v.word, v_folded)) over () as best
      from app.search_words v where v.word operator(extensions.%) v_folded
      order by likeness desc, v.word limit 3) a where a.likeness >= a.best * 0.8), v_query);
  end if;
  return v_query::tsquery;
end $$;

-- The word in full that official documents shorten (src/domain/names.ts).
create function app.full_word(p_word text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return coalesce('{"ayto": "ayuntamiento", "depto": "departamento", "dpto": "departamento", "edo": "estado", "gral": "general",
    "mpal": "municipal", "mpio": "municipio", "nal": "nacional", "sria": "secretaria", "sta": "santa", "sto": "santo"}'::jsonb
    ->> app.folded(p_word), p_word);
end $$;

-- All words of three letters or more must occur. Null when there is none. An apostrophe inside of a name joins its parts, as
-- people without the key for it write the name.
create function app.search_query(p_search text) returns tsquery
language plpgsql stable set search_path = '' as $$
declare
  v_words text[] := array(select app.full_word(w.word) from regexp_split_to_table(
    left(regexp_replace(app.tidied(p_search), '(\w)[''’‘ʼ´`](?=\w)', '\1', 'g'), 100),
    '[[:space:][:punct:]¿¡«»“”‘’…]+') with ordinality w (word, place) where char_length(w.word) >= 3 order by w.place limit 8);
  v_query tsquery;
  v_one tsquery;
begin
  for i in 1 .. cardinality(v_words) loop
    v_one := app.word_query(v_words[i], i = cardinality(v_words));
    v_query := case when v_query is null then v_one when v_one is null then v_query else v_query && v_one end;
  end loop;
  return v_query;
end $$;

-- Between which arrivals the submissions of these campaigns and states lie, the newest first; null without any.
create function app.arrival_ends(p_allowed uuid[], p_states text[]) returns bigint[]
language plpgsql stable set search_path = '' as $$
begin
  if p_states is null then
    return (select array[max(app.arrival_of(n.folio)), min(app.arrival_of(o.folio))] from unnest(p_allowed) c
      cross join lateral (select s.folio from app.submissions s where s.convocatoria_id = c and s.quarantined_at is null
        order by s.received_at desc, s.id desc limit 1) n
      cross join lateral (select s.folio from app.submissions s where s.convocatoria_id = c and s.quarantined_at is null
        order by s.received_at, s.id limit 1) o);
  end if;
  return (select array[max(app.arrival_of(n.folio)), min(app.arrival_of(o.folio))] from unnest(p_allowed) c
    cross join (select distinct unnest(p_states) as state) t
    cross join lateral (select s.folio from app.submissions s where s.convocatoria_id = c and s.state = t.state
      order by s.received_at desc, s.id desc limit 1) n
    cross join lateral (select s.folio from app.submissions s where s.convocatoria_id = c and s.state = t.state
      order by s.received_at, s.id limit 1) o);
end $$;

-- The matches of these campaigns and states among the 2 ^ p_bits arrivals around one. The submission is asked for row by
-- row, because a plan that joins it would read all.
create function app.matches_among(p_query tsquery, p_arrival bigint, p_bits int, p_allowed uuid[], p_states text[])
returns uuid[]
language plpgsql stable set search_path = '' set enable_seqscan = off as $$
begin
  return array(select w.submission_id from app.submission_search w
    where w.words @@ (p_query && quote_literal(app.arrivals_key(p_arrival, p_bits))::tsquery)
      and (select s.convocatoria_id = any (p_allowed) and s.quarantined_at is null
          and (p_states is null or s.state = any (p_states))
        from app.submissions s where s.id = w.submission_id));
end $$;

-- The matches of the newest arrivals that hold 200; `is_cut`: more may match. Frequent words are looked for among 256 arrivals
-- at a time, others among 4,096; and at most so often that about 1,200 rows are read, of which these campaigns and states may
-- have few.
create function app.newest_matches(p_query tsquery, p_share float, p_allowed uuid[], p_states text[], out ids uuid[],
  out is_cut boolean)
language plpgsql stable set search_path = '' as $$
declare
  v_bits int := case when p_share > 0.04 then 8 else 12 end;
  v_most int := least(14, ceil(1200 / (p_share * 2 ^ v_bits)));
  v_ends bigint[] := app.arrival_ends(p_allowed, p_states);
  v_looks int := 0;
begin
  ids := '{}';
  is_cut := false;
  for v_arrivals in reverse v_ends[1] >> v_bits .. v_ends[2] >> v_bits loop
    is_cut := cardinality(ids) >= 200 or v_looks >= v_most;
    exit when is_cut;
    ids := ids || app.matches_among(p_query, v_arrivals << v_bits, v_bits, p_allowed, p_states);
    v_looks := v_looks + 1;
  end loop;
end $$;

-- The submissions of these campaigns and states, whatever they say; null for all states, or more than 1,000. The counters
-- leave out those in quarantine, so what they tell to be few is read up to the same limit.
create function app.few_in_states(p_allowed uuid[], p_states text[]) returns uuid[]
language plpgsql stable set search_path = '' as $$
declare
  v_ids uuid[];
begin
  if p_states is null or 1000 < (select sum(c.n) from app.state_counts c
    where c.convocatoria_id = any (p_allowed) and c.state = any (p_states)) then return null; end if;
  v_ids := array(select s.id from unnest(p_allowed) c, (select distinct unnest(p_states) as state) t,
    lateral (select o.id from app.submissions o where o.convocatoria_id = c and o.state = t.state limit 1001) s limit 1001);
  return case when cardinality(v_ids) <= 1000 then v_ids end;
end $$;

-- These submissions as far as they match, the best match first, older ones first among equals.
create function app.ranked(p_ids uuid[], p_query tsquery) returns uuid[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select w.submission_id from unnest(p_ids) t (id) join app.submission_search w on w.submission_id = t.id
    where w.words @@ p_query order by ts_rank(w.words, p_query, 1) desc, w.arrival);
end $$;

-- The matches of all campaigns in the order of `app.ranked`; null for more than 1,000. By the index alone, as
-- `app.is_written`.
create function app.few_matches(p_query tsquery) returns uuid[]
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_indexscan = off as $$
begin
  return (with m as materialized (select w.* from app.submission_search w where w.words @@ p_query limit 1001)
    select case when count(*) <= 1000 then array(select o.submission_id from m o
      order by ts_rank(o.words, p_query, 1) desc, o.arrival) end from m);
end $$;

-- What a search finds, in the order of `app.ranked`: all matches when those, or the submissions of these states, are up to
-- 1,000; otherwise `app.newest_matches`. Up to 1,000 matches are of all campaigns and states.
create function app.search_matches(p_query tsquery, p_allowed uuid[], p_states text[], out ids uuid[], out is_cut boolean)
language plpgsql volatile set search_path = '' as $$
declare
  v_share float := app.estimated_share(p_query);
begin
  is_cut := false;
  ids := case when p_query is null then '{}' when app.is_rare(v_share) then app.few_matches(p_query) end;
  if ids is not null then return; end if;
  ids := app.few_in_states(p_allowed, p_states);
  if ids is null then
    select n.ids, n.is_cut into ids, is_cut
    from app.newest_matches(p_query, v_share, p_allowed, p_states) n;
  end if;
  ids := app.ranked(ids, p_query);
end $$;
