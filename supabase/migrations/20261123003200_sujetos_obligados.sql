-- The registry of sujetos obligados: the public bodies whose people may register for jornadas. Staff import it from
-- a file and edit it (20261123004820 to 20261123004850).

create table app.body_classes (
  key text primary key check (key ~ '^[a-z]+(_[a-z]+)*$'),
  name text not null unique check (app.visible_length(name) between 1 and 120),
  position int not null unique deferrable,
  retired boolean not null default false   -- no body is added to it
);
alter table app.body_classes enable row level security;
comment on table app.body_classes is
  'Personal data: none. Readers: everybody. Kept: until staff remove it. Deleted by: public.save_classes.';
insert into app.body_classes (position, key, name) values
  (1, 'poder_ejecutivo', 'Poder Ejecutivo'),
  (2, 'poder_legislativo', 'Poder Legislativo'),
  (3, 'poder_judicial', 'Poder Judicial'),
  (4, 'organo_autonomo', 'Órganos autónomos'),
  (5, 'partido_politico', 'Partidos políticos'),
  (6, 'sindicato', 'Sindicatos'),
  (7, 'ayuntamiento', 'Ayuntamientos'),
  (8, 'opdapas', 'OPDAPAS'),
  (9, 'dif_municipal', 'Sistemas DIF municipales'),
  (10, 'tribunal_administrativo', 'Tribunales administrativos'),
  (11, 'fideicomiso', 'Fideicomisos y fondos públicos'),
  (12, 'persona_juridica_colectiva', 'Personas jurídicas colectivas');

create table app.sujetos_obligados (
  id uuid primary key default gen_random_uuid(),
  name text not null check (app.visible_length(name) between 1 and 200),
  acronym text check (app.visible_length(acronym) between 1 and 20),
  class_key text not null references app.body_classes,
  municipality text references app.municipalities,
  active boolean not null default true,    -- false: kept for its registrations, hidden from the picker
  domains text[] not null default '{}',    -- of its mail, such as toluca.gob.mx
  merged_into uuid references app.sujetos_obligados check (merged_into is null or not active),
  version int not null default 1,          -- grows with each edit by hand
  unique (name, class_key)
);
create index on app.sujetos_obligados (class_key);
create index on app.sujetos_obligados (merged_into);
alter table app.sujetos_obligados enable row level security;
comment on table app.sujetos_obligados is
  'Personal data: none. Readers: everybody. Kept: for the life of the project; one that an undone import added goes'
  ' with it. Deleted by: public.undo_import.';

-- Whom the institution writes to in a body: personal data of a public servant. Only staff read it.
create table app.body_liaisons (
  body_id uuid primary key references app.sujetos_obligados on delete cascade,
  name text not null check (app.visible_length(name) between 1 and 120),
  post text check (app.visible_length(post) between 1 and 120),
  email text check (email = app.canonical_email(email)),
  phone text check (char_length(phone) <= 40)
);
alter table app.body_liaisons enable row level security;
comment on table app.body_liaisons is
  'Personal data: name, post, address and telephone of a public servant. Readers: staff who edit the registry.'
  ' Kept: until staff remove it or merge the body. Deleted by: app.write_liaison.';

-- The parts in which so many bodies are read, each by the first digits of an id: none up to 2,000, then 16, then 256.
create function app.registry_parts(p_bodies bigint) returns text[]
language plpgsql immutable set search_path = '' as $$
declare
  v_digits int := case when p_bodies <= 2000 then 0 when p_bodies <= 32000 then 1 else 2 end;
begin
  return case when v_digits = 0 then '{}' else array(
    select lpad(to_hex(n), v_digits, '0') from generate_series(0, (16 ^ v_digits)::int - 1) n order by n) end;
end $$;

-- The registry of active bodies, so that the picker searches it offline; about 100 bytes a body before compression. With
-- p_within '' the answer is whole up to 2,000 bodies; of more it names its parts in `parts`, and p_within asks for each: the
-- bodies whose id begins so. A part keeps its address whatever is added, so a phone that keeps parts reads only those that
-- changed and finds all of them without signal. Without p_within the answer is whole, for phones that know no parts.
create function public.list_bodies(p_within text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_parts text[] := case when p_within = '' then app.registry_parts((select count(*) from app.sujetos_obligados b where b.active))
    else '{}' end;
begin
  if p_within !~ '^[0-9a-f]{0,2}$' then perform app.refuse('malformed_op', 'within', 400); end if;
  return app.unless_known(jsonb_build_object(
    'classes', coalesce((select jsonb_agg(jsonb_build_object('key', c.key, 'name', c.name) order by c.position)
      from app.body_classes c), '[]'),
    'items', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'acronym', b.acronym,
      'class_key', b.class_key, 'municipality', b.municipality) order by b.name, b.class_key)
      from app.sujetos_obligados b where b.active and v_parts = '{}'
        and b.id between rpad(coalesce(p_within, ''), 32, '0')::uuid and rpad(coalesce(p_within, ''), 32, 'f')::uuid), '[]'))
    || case when v_parts = '{}' then '{}' else jsonb_build_object('parts', v_parts) end);
end $$;
grant execute on function public.list_bodies(text) to anon, authenticated;
