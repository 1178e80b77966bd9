-- Files of insumos: PDF, pictures, sound and figures. A campaign that is a copy names the files of the first one, so a
-- file belongs to no campaign and goes when none names it.

-- Why a file cannot be published: what `verify-files` finds, and what this schema does. Words are in
-- src/domain/problems.ts.
create function app.file_refusals() returns text[]
language sql immutable parallel safe as $$
  select array['file_type', 'file_mismatch', 'file_erased', 'file_unchecked', 'pdf_active', 'pdf_encrypted', 'pdf_unreadable',
    'pdf_metadata', 'image_metadata', 'image_too_large', 'image_broken', 'audio_broken', 'figures_invalid', 'figures_formula']
$$;

create table app.insumo_files (
  id uuid primary key check (id::text ~ '^.{14}4.{4}[89ab]'),   -- its name in the private bucket
  public_id uuid not null unique default gen_random_uuid(),     -- of its copy in the public bucket
  convocatoria_id uuid not null,   -- for which it was added; no foreign key, because others may name the file
  kind text not null,
  mime text not null,              -- this and the next two as announced, and proven once it is verified
  bytes bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  status text not null default 'waiting' check (status in ('waiting', 'verified', 'refused')),
  refusal text check (refusal = any (app.file_refusals())),
  facts jsonb not null default '{}',   -- found in the bytes, such as {width, height}
  copy text not null default 'none' check (copy in ('none', 'copying', 'ready')),
  added_by uuid not null,
  added_at timestamptz not null default app.now(),
  unused_since timestamptz,        -- no campaign names it; erased a day later
  leased_until timestamptz,
  not_before timestamptz not null default app.now(),   -- moves further away after each failure
  attempts int not null default 0,
  check ((status = 'refused') = (refusal is not null)),
  check (status = 'verified' or copy = 'none')
);
create index on app.insumo_files (convocatoria_id);
alter table app.insumo_files enable row level security;
comment on table app.insumo_files is
  'Personal data: account of who added it. Readers: nobody by a function. Kept: until a day after the last campaign let the file go. Deleted by: public.settle_file_job.';

-- The types of each kind. The bucket and src/domain/insumo.ts list the same ones.
create function app.insumo_types(p_kind text) returns text[]
language sql immutable parallel safe as $$
  select case p_kind
    when 'pdf' then array['application/pdf']
    when 'image' then array['image/jpeg', 'image/png', 'image/webp']
    when 'audio' then array['audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/ogg']
    when 'figures' then array['text/csv']
  end
$$;

create function app.insumo_max_bytes(p_kind text) returns bigint
language sql immutable parallel safe as $$
  select case p_kind when 'pdf' then 10000000 when 'image' then 5000000 when 'audio' then 15000000 when 'figures' then 1000000 end
$$;

-- `<public id>.<extension>` in the public bucket.
create function app.insumo_object(p_file app.insumo_files) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return p_file.public_id || '.' || case p_file.mime when 'application/pdf' then 'pdf' when 'image/jpeg' then 'jpg'
    when 'image/png' then 'png' when 'image/webp' then 'webp' when 'audio/mpeg' then 'mp3' when 'audio/mp4' then 'm4a'
    when 'audio/aac' then 'aac' when 'audio/ogg' then 'ogg' else 'csv' end;
end $$;

-- A file as everybody may see it. `object` is null until the public copy is there.
create function app.insumo_file_document(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', f.id, 'mime', f.mime, 'bytes', f.bytes, 'sha256', f.sha256, 'facts', f.facts,
    'object', case when f.copy = 'ready' then app.insumo_object(f) end)
  from app.insumo_files f where f.id = p_id);
end $$;
