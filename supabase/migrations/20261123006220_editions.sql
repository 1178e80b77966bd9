-- The results of a closed consultation, published in editions: figures, and the open data that they are computed from. A
-- function writes the files page by page; a kill loses the page at work and nothing else (docs/decisions/0093).

create table app.result_editions (
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  number int not null,
  begun_at timestamptz not null default app.now(),
  begun_by uuid,                   -- null: a job, because something is not public any more
  state text not null default 'begun' check (state in ('begun', 'pages', 'closing', 'ready', 'gone')),
  head jsonb not null default '[]',   -- the rows before the propuestas: edition, parts, findings, counts
  page int not null default 0,     -- pages written
  place text not null default '',  -- where the next page begins
  tally jsonb not null default '{}',
  pending jsonb,                   -- {place, tally, last} of the page at work
  files jsonb not null default '[]',  -- [{name, bytes, sha256, rows}]
  figures text,                    -- canonical JSON (RFC 8785)
  hash text check (hash = app.sha256_hex(figures)),
  ready_at timestamptz,
  stale_at timestamptz,            -- something in it is not public any more
  leased_until timestamptz,
  primary key (convocatoria_id, number),
  check ((state in ('ready', 'gone')) <= (figures is not null and ready_at is not null))
);
create index on app.result_editions (begun_at) where state not in ('ready', 'gone');
alter table app.result_editions enable row level security;
comment on table app.result_editions is
  'Personal data: the member who published. Readers: everybody, without that name. Kept: with its campaign; the files of an'
  ' edition until the next one is ready. Deleted by: public.delete_convocatoria.';
create trigger log_results after insert or update of state on app.result_editions
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_renewal after insert on app.renewals
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

-- Pairs of words in the names of people, and the first word of each, while an edition is written: a text with a pair waits for
-- a person.
create table app.edition_names (
  convocatoria_id uuid not null,
  number int not null,
  pair text not null,
  primary key (convocatoria_id, number, pair),
  foreign key (convocatoria_id, number) references app.result_editions on delete cascade
);
alter table app.edition_names enable row level security;
comment on table app.edition_names is
  'Personal data: parts of names that authors and staff gave. Readers: the server. Kept: until the files of the edition are'
  ' written. Deleted by: app.finish_edition.';
create table app.edition_words (
  convocatoria_id uuid not null,
  number int not null,
  word text not null,
  primary key (convocatoria_id, number, word),
  foreign key (convocatoria_id, number) references app.result_editions on delete cascade
);
alter table app.edition_words enable row level security;
comment on table app.edition_words is
  'Personal data: parts of names that authors and staff gave. Readers: the server. Kept: until the files of the edition are'
  ' written. Deleted by: app.finish_edition.';

-- A published text that looks as if it had personal data. It stays out of the open data until a person lets it in.
create table app.open_holds (
  submission_id uuid primary key references app.submissions on delete cascade,
  reasons text[] not null,
  found_at timestamptz not null default app.now(),
  outcome text check (outcome in ('let_in', 'kept_out')),   -- null: nobody has looked
  settled_by uuid,
  settled_at timestamptz,
  check (num_nulls(outcome, settled_by, settled_at) in (0, 3))
);
alter table app.open_holds enable row level security;
comment on table app.open_holds is
  'Personal data: that a text may name somebody, and the member who looked. Readers: staff of its campaign. Kept: with the'
  ' submission. Deleted by: app.forget_records.';

-- Detecting --------------------------------------------------------------------------------------------------

-- Each two words that follow each other, without accents and without what joins the parts of a name.
create function app.word_pairs(p_text text) returns text[]
language plpgsql stable set search_path = '' as $$
declare
  v_pairs text[] := '{}';
  v_before text;
  v_word text;
begin
  foreach v_word in array regexp_split_to_array(app.folded(coalesce(p_text, '')), '[^a-z0-9]+') loop
    continue when char_length(v_word) < 2 or v_word in ('de', 'del', 'la', 'las', 'el', 'los', 'lo', 'en', 'al', 'un', 'su', 'se');
    if v_before is not null then v_pairs := v_pairs || (v_before || ' ' || v_word); end if;
    v_before := v_word;
  end loop;
  return v_pairs;
end $$;

-- Whether two words of somebody's name follow each other in the text.
create function app.has_name(p_text text, p_edition app.result_editions) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_pairs text[] := app.word_pairs(p_text);   -- an array, so that the index is asked for each of them
begin
  return exists (select from app.edition_names n
    where n.convocatoria_id = p_edition.convocatoria_id and n.number = p_edition.number and n.pair = any (v_pairs));
end $$;

-- What in a text looks like personal data: an address of mail, ten digits or more, a CURP, an RFC.
create function app.patterns_in(p_text text) returns text[]
language plpgsql immutable parallel safe set search_path = '' as $$
begin
  return array_remove(array[case when p_text ~ '\S@\S' then 'email' end,
    case when p_text ~ '(\d[ ().\-]{0,3}){10}' then 'phone' end,
    case when p_text ~ '\d{6}' and p_text ~* '\m[a-zñ]{4}\d{6}[hmx][a-zñ]{5}[a-z0-9]\d\M' then 'curp' end,
    case when p_text ~ '\d{6}' and p_text ~* '\m[a-zñ&]{3,4}[ -]?\d{6}[ -]?[a-z0-9]{3}\M' then 'rfc' end], null);
end $$;

-- A text of the institution, if nothing in it looks like personal data.
create function app.open_text(p_text text, p_edition app.result_editions) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case when app.patterns_in(p_text) = '{}' and not app.has_name(p_text, p_edition) then regexp_replace(p_text, '^\u2063', '') end;
end $$;

create function app.keep_edition_names(p_edition app.result_editions) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.edition_names (convocatoria_id, number, pair)
  select distinct p_edition.convocatoria_id, p_edition.number, w
  from (select c.display_name as name from app.contacts c join app.submissions s on s.id = c.submission_id
      where s.convocatoria_id = p_edition.convocatoria_id and c.display_name is not null
    union all select s.name from app.staff s) n, unnest(app.word_pairs(n.name)) w
  on conflict do nothing;
  insert into app.edition_words (convocatoria_id, number, word)
  select distinct n.convocatoria_id, n.number, split_part(n.pair, ' ', 1) from app.edition_names n
  where n.convocatoria_id = p_edition.convocatoria_id and n.number = p_edition.number on conflict do nothing;
end $$;
