-- What staff's search reads: a row of lexemes for each submission, apart from the row that changes with each decision,
-- and the lexemes that occur anywhere, which correct a mistyped word.

create table app.submission_search (
  submission_id uuid primary key references app.submissions on delete cascade,
  words tsvector not null,       -- weight A: folio, shown name, municipality, sector; the rest is the content
    -- and the keys that the queue is filtered by (app.facet_key)
  arrival bigint not null,       -- the number of its folio
  xid xid8 not null default pg_current_xact_id()
);
create index submission_search_words on app.submission_search using gin (words) with (gin_pending_list_limit = 512);
create index on app.submission_search (xid);
alter table app.submission_search enable row level security;
comment on table app.submission_search is
  'Personal data: words of a submission, the shown name, municipality and sector. Readers: staff of its campaign, as what'
  ' a search finds. Kept: with the submission, or until its withdrawal is final. Deleted by: app.finish_withdrawals.';

create table app.search_words (
  word text collate "C" primary key,   -- so that the index serves the beginnings of words
  checked_at timestamptz not null default app.now()   -- when it was last known to occur
);
create index search_words_alike on app.search_words using gin (word extensions.gin_trgm_ops);
create index on app.search_words (checked_at);
alter table app.search_words enable row level security;
comment on table app.search_words is
  'Personal data: none but what a content names; no shown name. Readers: the server. Kept: until no submission holds the'
  ' word. Deleted by: app.forget_words.';

-- One row: the newest transaction whose words are in app.search_words.
create table app.search_state (
  singleton boolean primary key default true check (singleton),
  learned_to xid8 not null default '0'
);
alter table app.search_state enable row level security;
comment on table app.search_state is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';
insert into app.search_state default values;

-- Lexemes of a Spanish text without accents. Holds the stem of each word as written and of the word without accents:
-- the stemmer knows «participación» and not «participacion», and people type both.
create function app.spanish_words(p_text text) returns tsvector
language plpgsql stable set search_path = '' as $$
begin
  return extensions.unaccent('extensions.unaccent'::regdictionary, to_tsvector('pg_catalog.spanish', p_text)::text)::tsvector
    || to_tsvector('pg_catalog.spanish', app.folded(p_text));
end $$;

-- The number of a folio: they are given in the order of arrival.
create function app.arrival_of(p_folio text) returns bigint
language plpgsql immutable set search_path = '' as $$
begin
  return split_part(p_folio, '-', 3)::bigint;
end $$;

-- The lexeme of the 2 ^ p_bits arrivals among which this one is.
create function app.arrivals_key(p_arrival bigint, p_bits int) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return format('#%s:%s', p_bits, p_arrival >> p_bits);
end $$;

-- What a search finds a submission by: the content, and with more weight its folio, whole and in parts, the shown name,
-- where and as whom the author speaks. `p_about` are the words of municipality and sector, `p_named` name and both as text.
-- And two keys that nobody can type, of the 256 and the 4,096 arrivals among which it came, so that a word that very many
-- hold is searched from the newest on.
create function app.search_document(p_content tsvector, p_about tsvector, p_named text, p_folio text) returns tsvector
language plpgsql stable set search_path = '' as $$
begin
  return p_content || setweight(p_about || to_tsvector('pg_catalog.simple', app.folded(p_named))
    || array_to_tsvector(string_to_array(p_folio, '-') || p_folio || ltrim(split_part(p_folio, '-', 3), '0')
      || app.arrivals_key(app.arrival_of(p_folio), 8) || app.arrivals_key(app.arrival_of(p_folio), 12)), 'A');
end $$;

-- The words of a name that people write as one: each with the next one, «de Ávila» also as «dávila», and the initials of three
-- words or more, the last of them whole, so that its beginning finds it (src/domain/names.ts).
create function app.name_words(p_name text) returns text
language plpgsql stable set search_path = '' as $$
declare
  v_words text[] := array(select w.word from regexp_split_to_table(app.folded(p_name), '[^[:alnum:]]+') with ordinality w (word, place)
    where w.word <> '' order by w.place);
begin
  return (select concat_ws(' ', string_agg(w.word || n.word, ' '),
      string_agg('d' || n.word, ' ') filter (where w.word = 'de' and n.word ~ '^h?[aeiou]'),
      (select string_agg(left(i.word, 1), '' order by i.place) || substr(max(i.word) filter (where i.last), 2)
        from (select o.*, o.place = max(o.place) over () as last from unnest(v_words) with ordinality o (word, place)
          where o.word <> all ('{de,del,la,las,el,los,y,e,en,para,por,al,a,h}')) i having count(*) >= 3))
    from unnest(v_words) with ordinality w (word, place) join unnest(v_words) with ordinality n (word, place) on n.place = w.place + 1);
end $$;

-- The lexeme by which the queue finds the submissions with this answer. Nobody can type it.
create function app.facet_key(p_name text, p_value text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return format('#%s:%s', p_name, lower(p_value));
end $$;

-- The lexemes of {municipality, sector, part, helps} and of a late arrival.
create function app.facet_keys(p_facets jsonb, p_late boolean) returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return array(select app.facet_key(k.name, p_facets ->> k.name)
      from unnest(array['municipality', 'sector', 'part', 'helps']) k (name) where p_facets ->> k.name <> '')
    || case when p_late then array[app.facet_key('late', 'true')] else '{}' end;
end $$;

-- Writes the row of a submission. `p_facets`: what of {municipality, sector, part, helps} its author said; the part is `none`
-- for what the campaign lacks.
create function app.write_search(p_submission uuid, p_content text, p_facets jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_folio text;
  v_late boolean;
  v_name text;
  v_about text;
begin
  select lower(s.folio), s.late, c.display_name into v_folio, v_late, v_name
  from app.submissions s left join app.contacts c on c.submission_id = s.id where s.id = p_submission;
  v_about := concat_ws(' ', (select m.name from app.municipalities m where m.cve = p_facets ->> 'municipality'),
    replace(p_facets ->> 'sector', '_', ' '));
  insert into app.submission_search as w (submission_id, words, arrival)
  values (p_submission, app.search_document(app.spanish_words(p_content), app.spanish_words(v_about),
    concat_ws(' ', v_name, app.name_words(v_name), v_about), v_folio)
    || array_to_tsvector(app.facet_keys(p_facets, v_late)), app.arrival_of(v_folio))
  on conflict (submission_id) do update set words = excluded.words, xid = excluded.xid;
end $$;

-- Adds the lexemes of the contents that came since, of up to 200 transactions a call; answers how many were new. Reads
-- below the oldest open transaction, so it skips none that commits late.
create function app.learn_words() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_xids xid8[];
  v_count int;
begin
  v_xids := array(select distinct w.xid from app.submission_search w, app.search_state t
    where w.xid > t.learned_to and w.xid < pg_snapshot_xmin(pg_current_snapshot()) order by w.xid limit 200);
  if v_xids = '{}' then return 0; end if;
  insert into app.search_words (word)
  select distinct l.lexeme from app.submission_search w, unnest(w.words) l
  where w.xid = any (v_xids) and char_length(l.lexeme) >= 4 and l.lexeme !~ '\d' and 'D' = any (l.weights)
  on conflict (word) do nothing;
  get diagnostics v_count = row_count;
  update app.search_state t set learned_to = v_xids[cardinality(v_xids)] where t.singleton;
  return v_count;
end $$;

-- Checks the 500 words that were checked longest ago and removes those that no submission holds.
create function app.forget_words() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_word text;
  v_held boolean;
  v_count int := 0;
begin
  for v_word in select v.word from app.search_words v where v.checked_at < app.now() - interval '1 day'
    order by v.checked_at limit 500 loop
    execute 'select exists (select from app.submission_search w where w.words @@ $1)' into v_held
      using quote_literal(v_word)::tsquery;
    if v_held then
      update app.search_words v set checked_at = app.now() where v.word = v_word;
    else
      delete from app.search_words v where v.word = v_word;
      v_count := v_count + 1;
    end if;
  end loop;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values
  (91, 'words_learned', 'learn_words'),
  (92, 'words_forgotten', 'forget_words');
