-- How the file of an insumo arrives: an editor announces it and uploads it once, resumably, into a private bucket, as the
-- phone of a video does (media_intake). Nobody but staff reads that bucket.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values
  ('insumos-intake', 'insumos-intake', false, 15000000, app.insumo_types('pdf') || app.insumo_types('image')
    || app.insumo_types('audio') || app.insumo_types('figures')),
  ('insumos-public', 'insumos-public', true, 15000000, app.insumo_types('pdf') || app.insumo_types('image')
    || app.insumo_types('audio') || app.insumo_types('figures'))
on conflict (id) do update set public = excluded.public, file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

-- The campaigns that name a file: what is public, and what is being written.
create function app.campaigns_with_file(p_file uuid) returns setof uuid
language sql stable set search_path = '' as $$
  select i.convocatoria_id from app.insumos i where i.file_id = p_file
  union
  select s.convocatoria_id from app.campaign_sections s where s.section = 'insumos'
    and s.data @> jsonb_build_object('items', jsonb_build_array(jsonb_build_object('file', p_file)))
$$;

-- Whether an object of this name may arrive now: its file was announced with exactly this size and type.
create function app.expects_insumo_file(p_name text, p_metadata jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.insumo_files f where f.id = app.parse_uuid(p_name) and f.id::text = p_name
    and f.status = 'waiting' and p_metadata ->> 'contentLength' = f.bytes::text and p_metadata ->> 'mimetype' = f.mime
    and app.is_our_caching(p_metadata));
end $$;

create function app.can_add_insumo_file(p_name text, p_metadata jsonb) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.expects_insumo_file(p_name, p_metadata) and app.has_role(app.editors(),
    (select f.convocatoria_id from app.insumo_files f where f.id = app.parse_uuid(p_name)));
exception when sqlstate 'PT401' then   -- the storage API would take it for a fault of its own
  return false;
end $$;
grant execute on function app.can_add_insumo_file(text, jsonb) to authenticated;

create policy "insumos-intake: an editor uploads an announced file" on storage.objects for insert to authenticated
  with check (bucket_id = 'insumos-intake' and app.can_add_insumo_file(name, metadata)
    and storage.allow_any_operation(array['storage.tus.upload.create', 'storage.tus.upload.part']));

-- Whether the caller may read a file that is not public: readers of a campaign that names it may.
create function app.can_read_insumo_file(p_name text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.insumo_files f where f.id = app.parse_uuid(p_name)
    and (app.has_role(app.readers(), f.convocatoria_id)
      or exists (select from app.campaigns_with_file(f.id) c where app.has_role(app.readers(), c))));
end $$;

create trigger guard_insumo_files before insert or update on storage.objects
  for each row execute function app.guard_intake('insumos-intake', 'expects_insumo_file');

-- A file as editors see it. `arrived`: storage has it whole. `convocatoria_id`: for which it was added.
create function app.insumo_file_answer(p_file app.insumo_files) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_file.id, 'convocatoria_id', p_file.convocatoria_id, 'kind', p_file.kind,
    'mime', p_file.mime, 'bytes', p_file.bytes, 'sha256', p_file.sha256, 'status', p_file.status,
    'refusal', p_file.refusal, 'facts', p_file.facts,
    'arrived', exists (select from storage.objects o where o.bucket_id = 'insumos-intake' and o.name = p_file.id::text));
end $$;

-- Announces a file of a campaign before its upload. The browser makes the id, so that a call whose answer was lost can be
-- repeated. Refuses a type or size that its kind does not take, and the 201st file of a campaign.
create function public.add_insumo_file(p_convocatoria uuid, p_id uuid, p_kind text, p_mime text, p_bytes bigint,
  p_sha256 text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_campaign(p_convocatoria);
  v_file app.insumo_files;
begin
  if p_id is null or p_id::text !~ '^.{14}4.{4}[89ab]' or coalesce(p_bytes, 0) < 1
    or coalesce(p_sha256, '') !~ '^[0-9a-f]{64}$' then
    perform app.refuse('malformed_op', 'file', 400);
  elsif p_mime = any (app.insumo_types(p_kind)) is not true then
    perform app.refuse('file_type', 'file');
  elsif p_bytes > app.insumo_max_bytes(p_kind) then
    perform app.refuse('file_too_large', 'file');
  elsif (select count(*) from app.insumo_files f where f.convocatoria_id = v_campaign.id) >= 200 then
    perform app.refuse('list_too_long', 'file');
  end if;
  insert into app.insumo_files (id, convocatoria_id, kind, mime, bytes, sha256, added_by)
  values (p_id, v_campaign.id, p_kind, p_mime, p_bytes, p_sha256, auth.uid()) on conflict (id) do nothing;
  select * into v_file from app.insumo_files f where f.id = p_id;
  if (v_file.convocatoria_id, v_file.kind, v_file.mime, v_file.bytes, v_file.sha256)
    is distinct from (v_campaign.id, p_kind, p_mime, p_bytes, p_sha256) then
    perform app.refuse('malformed_op', 'file', 409);
  end if;
  return app.insumo_file_answer(v_file);
end $$;
grant execute on function public.add_insumo_file(uuid, uuid, text, text, bigint, text) to authenticated;

-- The files that a campaign names or that were added for it.
create function public.insumo_files(p_convocatoria uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.editable_campaign(p_convocatoria);
begin
  return jsonb_build_object('items', coalesce((select jsonb_agg(app.insumo_file_answer(f) order by f.added_at, f.id)
    from app.insumo_files f where f.convocatoria_id = v_campaign.id
      or v_campaign.id in (select app.campaigns_with_file(f.id))), '[]'));
end $$;
grant execute on function public.insumo_files(uuid) to authenticated;
