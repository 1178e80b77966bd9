-- Campaign kind jornadas: sessions in groups, and the classes of sujetos obligados that each group serves.

insert into app.campaign_kinds (kind, folio_prefix, noun, content_function, headline_function,
  staff_content_function, details_function, lock_function, formal, moderated, own_receipt, reopen_check_function,
  erase_function, attended, figures_function, board_function, days_function, came_function)
values ('jornadas', 'JO', 'tu inscripción', 'registration_content', 'registration_headline',
  'registration_staff_content', 'jornada_details', 'lock_seats', true, false, true, 'check_days_ahead',
  'erase_registration', true, 'registration_figures', 'seat_figures', 'meeting_days', 'came_to_a_day');

insert into app.kind_permissions (kind, permission, position, consent_key, fixed_key) values
  ('jornadas', 'accessibility', 1, 'accessibility', true);

create table app.jornada_groups (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null references app.convocatorias on delete cascade,
  position int not null,
  name text not null,
  unique (convocatoria_id, position) deferrable,
  unique (convocatoria_id, id)
);
alter table app.jornada_groups enable row level security;
comment on table app.jornada_groups is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

-- A class belongs to at most one group of a convocatoria. A class in no group is not eligible.
create table app.group_classes (
  convocatoria_id uuid not null,
  class_key text not null references app.body_classes,
  group_id uuid not null,
  primary key (convocatoria_id, class_key),
  foreign key (convocatoria_id, group_id) references app.jornada_groups (convocatoria_id, id) on delete cascade
);
create index on app.group_classes (group_id);
alter table app.group_classes enable row level security;
comment on table app.group_classes is
  'Personal data: none. Readers: as its campaign. Kept: with its campaign. Deleted by: public.delete_convocatoria.';

create table app.jornadas (
  id uuid primary key default gen_random_uuid(),
  convocatoria_id uuid not null,
  group_id uuid not null,
  position int not null,
  title text not null,
  speaker text not null,
  speaker_post text,
  on_day date,                      -- null: «fecha por confirmar»
  starts_at timestamptz,            -- null: the hour is unknown
  ends_at timestamptz,
  place text check (char_length(place) <= 200),
  address text,
  accessibility text,               -- how the place can be reached and used
  link text check (link ~ '^https://'),     -- of an online session; only people with a confirmed seat read it
  modality text check (modality in ('presencial', 'virtual')),
  capacity int check (capacity > 0),        -- null: the limit is unknown
  online_capacity int check (online_capacity > 0),   -- of a day in both modalities: its place has `capacity` seats besides
  sample boolean not null default false,    -- day, hours, place and capacity are invented for the demonstration
  sequence int not null default 0,          -- grows with each change of the schedule, as in RFC 5545
  offer_for interval not null default '24 hours' check (offer_for > '0'),
  offer_ends_before interval not null default '2 hours' check (offer_ends_before >= '0'),
  seats_shown int,                  -- the figure that was last published (app.announce_seats)
  online_shown int,                 -- the same of the seats online of a day in both modalities
  cancelled_at timestamptz,         -- the institution called the day off
  cancel_reason text,
  foreign key (convocatoria_id, group_id) references app.jornada_groups (convocatoria_id, id) on delete cascade,
  unique (group_id, position) deferrable,
  check (starts_at is null or (on_day is not null and (starts_at at time zone 'America/Mexico_City')::date = on_day)),
  check (ends_at is null or (starts_at is not null and ends_at > starts_at)),
  check (online_capacity is null or coalesce(modality = 'presencial', false)),
  check ((cancelled_at is null) = (cancel_reason is null))
);
create index on app.jornadas (convocatoria_id);
alter table app.jornadas enable row level security;
comment on table app.jornadas is
  'Personal data: names of speakers, who are public; the link of a session. Readers: everybody; the link, people'
  ' with a confirmed seat. Kept: with its campaign. Deleted by: public.delete_convocatoria.';
-- The functions of every kind need app.staff, so that table comes first and its reference to jornadas here.
alter table app.staff add foreign key (jornada_id) references app.jornadas on delete cascade;

create trigger log_insert after insert or delete on app.jornada_groups
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.jornada_groups for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_change after insert or update or delete on app.group_classes
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_insert after insert or delete on app.jornadas
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.jornadas for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

-- The days of a series as the page of a meeting shows them: [{title, on_day, starts_at, ends_at, place, address, accessibility,
-- modality, cancelled}].
create function app.meeting_days(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('title', j.title, 'on_day', j.on_day, 'starts_at', j.starts_at,
      'ends_at', j.ends_at, 'place', j.place, 'address', j.address, 'accessibility', j.accessibility, 'modality', j.modality,
      'cancelled', j.cancelled_at is not null) order by j.on_day nulls last, j.starts_at, j.position), '[]')
    from app.jornadas j where j.convocatoria_id = p_convocatoria);
end $$;

-- Whether it has begun. A jornada without an hour counts as begun at the end of its day; one without a day never.
create function app.has_begun(p_jornada app.jornadas) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(app.now() >= coalesce(p_jornada.starts_at, app.end_of_day(p_jornada.on_day)), false);
end $$;

-- When a day begins as its letters know it: at 8:00 where its hour is unknown; null without a date.
create function app.day_begins(p_jornada app.jornadas) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(p_jornada.starts_at, (p_jornada.on_day + interval '8 hours') at time zone 'America/Mexico_City');
end $$;

-- From when people with a seat have the link of a session online: an hour before, or the first moment of a day whose hour is
-- unknown. Null without a day.
create function app.link_opens(p_jornada app.jornadas) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return coalesce(p_jornada.starts_at - interval '1 hour', p_jornada.on_day::timestamp at time zone 'America/Mexico_City');
end $$;

-- Whether somebody attends a day through its link: p_online says which, where the day has both modalities.
create function app.attends_online(p_jornada app.jornadas, p_online boolean) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return p_online or coalesce(p_jornada.modality = 'virtual', false);
end $$;

-- «martes 8 de diciembre de 2026, 10:00, hora del centro de México», as far as day and hour are known.
create function app.jornada_when(p_day date, p_starts_at timestamptz) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case when p_day is null then 'fecha por confirmar'
    when p_starts_at is null then app.spanish_day(p_day) else app.spanish_instant(p_starts_at) end;
end $$;
