-- Which published proposals say the same as one that is being written: a digest of their words, which phones hold and compare
-- with (docs/decisions/0094). It has no sentence and no author, only words of what everybody reads anyway, and folios.

create table app.likeness_digests (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  digest jsonb,                    -- null until it is made, and when something that it holds is no longer public
  mark text,                       -- of the proposals that it holds (app.likeness_mark)
  made_at timestamptz
);
alter table app.likeness_digests enable row level security;
comment on table app.likeness_digests is
  'Personal data: words of published proposals, without their order. Readers: everybody. Kept: until one of them is no longer'
  ' published, then made again. Deleted by: public.delete_convocatoria.';

-- Words that say nothing of what a proposal asks for, folded. The twin of src/features/propuestas/likeness/stopWords.ts.
create function app.likeness_stop_words() returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return regexp_split_to_array(btrim($words$
algo alguien algun alguna algunas alguno algunos ahi ahora alla alli ambos ante antes aqui aquel aquella aquello
aquellos asi aun aunque bajo bastante bien cada casi cierto como con contra cosa cosas cual cuales cualquier
cualquiera cuando cuanta cuantas cuanto cuantos cuyo cuya cuyas cuyos dan dar debe deben deberia deberian debiera del
demas demasiado den dentro desde despues dia dias dice dicen diga digan dio dos durante ella ellas ello ellos entonces
entre era eran esa esas ese eso esos esta estan estar estaria este esten esto estos estoy fue fuera fueron haber habia
habria hace hacen hacer hacerlo hacerse haga hagan hago han hasta hay haya hayan hecho hemos hizo hoy igual incluso
jamas junto las les llega llegan los luego mal mas mayor mejor menos mia mio mis misma mismas mismo mismos mucha
muchas mucho muchos muy nada nadie ningun ninguna ninguno nos nosotras nosotros nuestra nuestras nuestro nuestros
nunca otra otras otro otros para parte pero poca pocas poco pocos podamos poder podria podrian pone ponen poner por
porque primero pudiera pueda puedan puede pueden puedo pues puros puro que queda quedan queremos quien quienes quiere
quiero quisiera quisieramos saber sabe saben sabemos sea sean segun ser seria serian sido siempre siendo sigue sin
sino sirve sirva sobre sola solas solo solos son soy sus tal tales tambien tampoco tan tanta tantas tanto tantos
tenemos tener tenga tengan tengo tiene tienen toda todas todavia todo todos tres tus una unas uno unos vamos van vaya
ver vez veces viene pido pedimos pongan propongo propuesta sugiero solicito solicita favor gustaria falta haria puras
unicamente solamente ademas asimismo mediante respecto manera forma gran grande grandes bueno buena buen buenos buenas
nueva nuevo nuevos tmb
  $words$, E' \n'), '\s+');
end $$;

-- A number in 64 characters, five bits each, the lowest first; a character above the 32nd says that it goes on.
create function app.gap_code(p_gap int) returns text
language plpgsql immutable set search_path = '' as $$
declare
  c_digits constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
  v_rest int := p_gap;
  v_code text := '';
begin
  while v_rest >= 32 loop
    v_code := v_code || substr(c_digits, (v_rest & 31) + 33, 1);
    v_rest := v_rest >> 5;
  end loop;
  return v_code || substr(c_digits, v_rest + 1, 1);
end $$;

-- A word as how many letters it shares with the one before, and the rest.
create function app.front_code(p_word text, p_before text) returns text
language plpgsql immutable set search_path = '' as $$
declare
  v_shared int := 0;
begin
  while v_shared < least(63, char_length(p_before), char_length(p_word))
    and substr(p_word, v_shared + 1, 1) = substr(p_before, v_shared + 1, 1) loop
    v_shared := v_shared + 1;
  end loop;
  return substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_', v_shared + 1, 1) || substr(p_word, v_shared + 1);
end $$;

-- The published proposals of a campaign whose text their authors allowed, numbered by folio.
create function app.likeness_proposals(p_convocatoria uuid) returns table (place int, start text, number int, body text)
language plpgsql stable set search_path = '' as $$
begin
  return query select (row_number() over (order by f.start, f.number) - 1)::int, f.start, f.number, f.body
    from (select left(s.folio, 7) as start, split_part(s.folio, '-', 3)::int as number, p.body
      from app.submissions s join app.propuestas p on p.submission_id = s.id
      where s.convocatoria_id = p_convocatoria and s.state = 'published' and 'text' = any (app.allowed_by_author(s.id))) f;
end $$;

-- The words that each proposal keeps: its 24 most frequent ones, which others share and which take few bytes, without those of
-- more than a fifth of all where there are fifty or more.
create function app.likeness_words(p_convocatoria uuid) returns table (word text, place int)
language plpgsql stable set search_path = '' as $$
begin
  return query with proposals as materialized (
      select p.place, p.body from app.likeness_proposals(p_convocatoria) p
    ), words as materialized (
      select distinct p.place, w.word from proposals p, regexp_split_to_table(app.folded(p.body), '[^[:alnum:]]+') w (word)
      where char_length(w.word) between 3 and 40
        and not exists (select from unnest(app.likeness_stop_words()) o (word) where o.word = w.word)
    ), counted as (
      select w.place, w.word, count(*) over (partition by w.word) as n from words w
    ), ranked as (
      select c.word, c.place, row_number() over (partition by c.place
        order by c.n desc, char_length(c.word) desc, c.word collate "C") as rank
      from counted c, (select count(*) as n from proposals) a where a.n < 50 or c.n * 5 <= a.n
    )
    select r.word, r.place from ranked r where r.rank <= 24;
end $$;

-- The digest: {version, folios: [[prefix and year, gaps]], words, places} (src/features/propuestas/likeness/digest.ts).
create function app.make_likeness(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (with gaps as (
      select w.word, string_agg(app.gap_code(w.gap), '' order by w.place) as code
      from (select k.word, k.place, k.place - coalesce(lag(k.place) over (partition by k.word order by k.place), -1) - 1 as gap
        from app.likeness_words(p_convocatoria) k) w group by w.word
    ), coded as (
      select g.word, g.code, app.front_code(g.word, coalesce(lag(g.word) over (order by g.word collate "C"), '')) as front
      from gaps g
    ), numbers as (
      select n.start, string_agg(app.gap_code(n.gap), '' order by n.number) as code
      from (select p.start, p.number, p.number - coalesce(lag(p.number) over (partition by p.start order by p.number), -1) - 1 as gap
        from app.likeness_proposals(p_convocatoria) p) n group by n.start
    )
    select jsonb_build_object('version', 1,
      'folios', (select coalesce(jsonb_agg(jsonb_build_array(n.start, n.code) order by n.start), '[]') from numbers n),
      'words', coalesce(string_agg(c.front, ' ' order by c.word collate "C"), ''),
      'places', coalesce(string_agg(c.code, ' ' order by c.word collate "C"), '')) from coded c);
end $$;

-- What a digest was made of: which proposals are published, and their versions.
create function app.likeness_mark(p_convocatoria uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select app.sha256_hex(coalesce(string_agg(s.id || ':' || s.version, ',' order by s.id), ''))
    from app.submissions s where s.convocatoria_id = p_convocatoria and s.state = 'published');
end $$;

-- Makes the digest of a campaign. The row is locked before the mark is read again: a proposal that ceases to be public
-- meanwhile either is seen here, or waits for this row and takes the digest away.
create function app.renew_likeness(p_convocatoria uuid) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_mark text := app.likeness_mark(p_convocatoria);
  v_digest jsonb := app.make_likeness(p_convocatoria);
begin
  perform from app.likeness_digests d where d.convocatoria_id = p_convocatoria for update;
  if v_mark <> app.likeness_mark(p_convocatoria) then return false; end if;
  update app.likeness_digests d set digest = v_digest, mark = v_mark, made_at = app.now()
  where d.convocatoria_id = p_convocatoria;
  return true;
end $$;

-- Makes the digests again of campaigns whose published proposals changed, each once in ten minutes at most, and at once where
-- there is none; one campaign a call, so that a call stays short. A campaign gets its row a round
-- before its digest, so that every change of a proposal finds the row.
create function app.renew_digests() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_due uuid := (select d.convocatoria_id from app.likeness_digests d
    where (d.digest is null or d.made_at <= app.now() - interval '10 minutes')
      and d.mark is distinct from app.likeness_mark(d.convocatoria_id) order by d.made_at nulls first, d.convocatoria_id limit 1);
begin
  insert into app.likeness_digests (convocatoria_id) select c.id from app.convocatorias c where c.kind = 'propuestas'
    and exists (select from app.submissions s where s.convocatoria_id = c.id and s.state = 'published') on conflict do nothing;
  return case when v_due is not null and app.renew_likeness(v_due) then 1 else 0 end;
end $$;
insert into app.due_jobs (position, name, handler) values (111, 'likeness_made', 'renew_digests');

-- Takes a digest away with the first of its proposals that is no longer public, or not with these words.
create function app.drop_likeness(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.likeness_digests d set digest = null, mark = null
  from app.submissions s where s.id = p_submission and d.convocatoria_id = s.convocatoria_id and d.digest is not null;
end $$;
create function app.drop_likeness_of() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_table_name = 'propuestas' then perform app.drop_likeness(new.submission_id);
  else perform app.drop_likeness(new.id); end if;
  return null;
end $$;
create trigger drop_likeness after update of state on app.submissions
  for each row when (old.kind = 'propuestas' and old.state = 'published' and new.state <> 'published')
  execute function app.drop_likeness_of();
create trigger drop_likeness after update of body on app.propuestas
  for each row when (old.body <> new.body) execute function app.drop_likeness_of();

-- The digest of a published campaign; an empty one while there is none.
create function public.likeness_digest(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known(coalesce((select d.digest from app.likeness_digests d
      join app.convocatorias c on c.id = d.convocatoria_id and c.published where d.convocatoria_id = p_convocatoria),
    '{"version": 1, "folios": [], "words": "", "places": ""}'));
end $$;
grant execute on function public.likeness_digest(uuid) to anon, authenticated;
