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

-- The whole registry, so that the picker searches it offline. About 100 bytes a body before compression.
create function public.list_bodies() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'classes', coalesce((select jsonb_agg(jsonb_build_object('key', c.key, 'name', c.name) order by c.position)
      from app.body_classes c), '[]'),
    'items', coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'name', b.name, 'acronym', b.acronym,
      'class_key', b.class_key, 'municipality', b.municipality) order by b.name, b.class_key)
      from app.sujetos_obligados b where b.active), '[]'))
$$;
grant execute on function public.list_bodies() to anon, authenticated;
