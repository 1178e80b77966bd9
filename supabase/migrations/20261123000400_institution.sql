-- The institution is configuration. Its privacy notices are versions that nobody can rewrite.

create table app.institution (
  singleton boolean primary key default true check (singleton),
  name text not null check (app.visible_length(name) between 1 and 120),
  short_name text not null check (app.visible_length(short_name) between 1 and 40),
  accent text not null check (accent ~ '^#[0-9a-f]{6}$'),
  demo_label text,                     -- marks the texts of a demonstration; null for a real institution
  contact jsonb not null check (contact ?& array['email', 'phone', 'address', 'hours']),
  transparency_unit text not null check (app.visible_length(transparency_unit) between 1 and 600),
  mail_from text not null check (mail_from = app.canonical_email(mail_from)),   -- the address that letters come from
  help_text text not null default '' check (char_length(help_text) <= 500),
  grace_hours int not null default 48 check (grace_hours between 0 and 168),   -- of a new campaign
  storage_gb int not null default 0 check (storage_gb between 0 and 100000),   -- what is contracted for files; 0: nobody said
  logo_header bytea check (octet_length(logo_header) <= 65536),   -- PNG, both or none
  logo_icon bytea check (octet_length(logo_icon) <= 65536),
  silence_from date,                   -- electoral silence: its first and last day, both or none
  silence_until date check (silence_from <= silence_until),
  -- How long personal data is kept (decision 0046). The longest others end before the shortest records do.
  keep_contacts_months int not null default 12 check (keep_contacts_months between 1 and 36),
  keep_videos_days int not null default 90 check (keep_videos_days between 15 and 365),
  keep_attendance_months int not null default 24 check (keep_attendance_months between 6 and 60),
  keep_withdrawn_days int not null default 30 check (keep_withdrawn_days between 2 and 180),
  keep_records_years int not null default 10 check (keep_records_years between 5 and 30),
  require_aal2 boolean not null default false,   -- staff need a second factor
  session_idle_hours int not null default 72 check (session_idle_hours between 1 and 720),   -- of staff: without use
  session_max_days int not null default 30 check (session_max_days between 1 and 90),   -- and since the sign-in
  version int not null default 1,      -- grows with each save
  check ((logo_header is null) = (logo_icon is null)),
  check ((silence_from is null) = (silence_until is null))
);
alter table app.institution enable row level security;
comment on table app.institution is
  'Personal data: the contact of the institution, which is public. Readers: everybody. Kept: for the life of the'
  ' project, as the law asks an institution to publish it. Deleted by: nothing.';

-- The periods of the settings, by their names; the defaults until somebody configured the institution.
create function app.retention_periods() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('keep_contacts_months', i.keep_contacts_months,
      'keep_videos_days', i.keep_videos_days, 'keep_attendance_months', i.keep_attendance_months,
      'keep_withdrawn_days', i.keep_withdrawn_days, 'keep_records_years', i.keep_records_years) from app.institution i),
    '{"keep_contacts_months": 12, "keep_videos_days": 90, "keep_attendance_months": 24, "keep_withdrawn_days": 30,
      "keep_records_years": 10}');
end $$;

-- Of each period the shorter one. A period that only one of the two names is kept.
create function app.shorter_periods(p_one jsonb, p_other jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return (select coalesce(jsonb_object_agg(d.key, d.least), '{}') from (
    select e.key, min((e.value)::int) as least
    from (select * from jsonb_each(coalesce(p_one, '{}')) union all select * from jsonb_each(coalesce(p_other, '{}'))) e
    group by e.key) d);
end $$;

-- The grace of a campaign that is written from now on.
create function app.default_grace() returns interval
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select make_interval(hours => i.grace_hours) from app.institution i), '48 hours');
end $$;

-- Avisos de privacidad. A row holds both forms of one version.
create table app.notices (
  id uuid primary key default gen_random_uuid(),
  version int not null check (version > 0),
  title text not null,
  label text,
  simplified jsonb not null check (jsonb_typeof(simplified) = 'array'),  -- paragraphs
  full_form jsonb not null check (jsonb_typeof(full_form) = 'array'),    -- {heading, paragraphs}
  consents jsonb not null check (jsonb_typeof(consents) = 'array'),      -- {key, text, required, allows, until}
  published_on date not null,
  keeps jsonb not null default app.retention_periods(),   -- the periods in force when it was written
  hash text not null,                  -- of the canonical text; computed by a trigger, so that nobody can claim another
  unique (title, version)
);
alter table app.notices enable row level security;
comment on table app.notices is
  'Personal data: none. Readers: everybody, once a published campaign uses it; before, its staff. Kept: as long as'
  ' somebody accepted it: for the life of the project. Deleted by: nothing.';

create function app.hash_notice() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.hash := app.sha256_hex(jsonb_build_object('version', new.version, 'title', new.title, 'label', new.label,
    'simplified', new.simplified, 'full', new.full_form, 'consents', new.consents)::text);
  return new;
end $$;

create trigger hash_notice before insert on app.notices
  for each row execute function app.hash_notice();
create trigger notices_are_immutable before update or delete on app.notices
  for each row execute function app.refuse_rewriting();
create trigger notices_are_kept before truncate on app.notices
  for each statement execute function app.refuse_rewriting();
