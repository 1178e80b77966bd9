-- How a typed search becomes a query, and what it finds.

-- Whether a submission matches. By the index alone: the planner takes an unknown word for one that a scan meets soon.
create function app.is_written(p_query tsquery) returns boolean
language plpgsql stable set search_path = '' set enable_seqscan = off set enable_indexscan = off as $$
begin
  return exists (select from app.submission_search w where w.words @@ p_query);
end $$;

-- The lexemes that stand for a typed word, as one query; null for a word without meaning, such as «para». The last word
-- may be unfinished. A word that nobody wrote is replaced by the most alike ones that somebody did.
create function app.word_query(p_word text, p_last boolean) returns tsquery
language plpgsql stable set search_path = '' as $$
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
    || case when p_last then ' | ' || quote_literal(v_folded) || ':*' else '' end;
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

-- The submissions that match, or null when they are too many to be ranked: more than 2,000, or more than 5,000 by the
-- planner's statistics, which spares a frequent word the search. By the index alone, as `app.is_written`.
-- Volatile, because only such a function may ask for a plan; it writes nothing.
create function app.search_matches(p_query tsquery) returns uuid[]
language plpgsql volatile set search_path = '' set enable_seqscan = off set enable_indexscan = off as $$
declare
  v_plan json;
  v_ids uuid[];
begin
  if p_query is null then return '{}'; end if;
  execute format('explain (format json) select from app.submission_search w where w.words @@ %L', p_query) into v_plan;
  if (v_plan #>> '{0,Plan,Plan Rows}')::numeric > 5000 then return null; end if;
  v_ids := array(select w.submission_id from app.submission_search w where w.words @@ p_query limit 2001);
  return case when cardinality(v_ids) <= 2000 then v_ids end;
end $$;

-- 30 of these submissions, the best match first, older ones first among equals.
create function app.ranked_page(p_ids uuid[], p_query tsquery, p_allowed uuid[], p_states text[], p_from int)
returns app.submissions[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select s from unnest(p_ids) t (id) join app.submissions s on s.id = t.id
    left join app.submission_search w on w.submission_id = t.id
    where s.convocatoria_id = any (p_allowed) and s.quarantined_at is null and (p_states is null or s.state = any (p_states))
    order by ts_rank(w.words, p_query, 1) desc, s.received_at, s.id offset p_from limit 30);
end $$;
