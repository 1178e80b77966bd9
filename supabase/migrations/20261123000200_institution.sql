-- The institution is configuration, and its privacy notices are versions that nobody can rewrite.

create table app.institution (
  singleton boolean primary key default true check (singleton),
  name text not null check (app.visible_length(name) between 1 and 120),
  short_name text not null check (app.visible_length(short_name) between 1 and 40),
  accent text not null check (accent ~ '^#[0-9a-f]{6}$'),
  demo_label text,                     -- shown on every notice of a demonstration; null for an authority
  contact jsonb not null check (contact ?& array['email', 'phone', 'address', 'hours'])
);
alter table app.institution enable row level security;

-- Aviso de privacidad, both forms of one version. To insert it is to publish it.
create table app.notices (
  id uuid primary key default gen_random_uuid(),
  version int not null check (version > 0),
  title text not null,
  label text,
  simplified jsonb not null check (jsonb_typeof(simplified) = 'array'),  -- paragraphs
  full_form jsonb not null check (jsonb_typeof(full_form) = 'array'),    -- {heading, paragraphs}
  consents jsonb not null check (jsonb_typeof(consents) = 'array'),      -- {key, text, required}
  published_on date not null,
  hash text not null,                  -- of the canonical text, computed here: nobody else's claim
  unique (title, version)
);
alter table app.notices enable row level security;

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
