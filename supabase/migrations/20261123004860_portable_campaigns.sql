-- A campaign as a file that another project reads (docs/portable-campaign.md): its sections as the studio has them,
-- without people, history or what citizens sent. The function `sign` signs it; whoever imports it verifies it.

create function app.portable_schema() returns int language sql immutable parallel safe as $$ select 1 $$;

-- The section `aviso` with the notice itself, because another project does not know the id.
create function app.portable_notice(p_data jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('notice_id', null, 'notice', case
    when jsonb_typeof(p_data -> 'notice') = 'object' then p_data -> 'notice'
    else (select jsonb_build_object('title', n.title, 'simplified', n.simplified, 'full', n.full_form,
        'consents', n.consents) from app.notices n where n.id = app.parse_uuid(p_data ->> 'notice_id')) end);
end $$;

-- A day that was called off stays behind, as in a copy: what people of then were told is no part of the draft.
create function app.portable_sections(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_object_agg(s.section, case s.section
    when 'aviso' then app.portable_notice(app.section_data(p_campaign.id, s.section))
    when 'jornadas' then app.without_cancelled_days(app.section_data(p_campaign.id, s.section))
    else app.section_data(p_campaign.id, s.section) end)
  from app.sections_of(p_campaign.kind) s);
end $$;

-- The files that the sections name and whose bytes were verified. Whoever exports puts the bytes beside the document.
create function app.portable_assets(p_sections jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'kind', f.kind, 'mime', f.mime, 'bytes', f.bytes,
    'sha256', f.sha256) order by f.sha256, f.id), '[]')
  from app.insumo_files f where f.status = 'verified' and f.id in (
    select app.parse_uuid(i.item ->> 'file') from app.items_of(p_sections -> 'insumos', 'items') i));
end $$;

-- Keys of the classes that the sections name, each once.
create function app.class_keys_in(p_sections jsonb) returns setof text
language sql immutable set search_path = '' as $$
  select distinct k.value from app.items_of(p_sections -> 'grupos', 'groups') g,
    jsonb_array_elements_text(case when jsonb_typeof(g.item -> 'classes') = 'array' then g.item -> 'classes' else '[]' end) k
$$;

-- What the function `sign` signs: the campaign as it stands in the studio, for whoever may edit it.
create function public.export_campaign(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.editable_campaign(p_id);
  v_sections jsonb := app.portable_sections(v_campaign);
begin
  return jsonb_build_object('schema', app.portable_schema(), 'kind', v_campaign.kind, 'sections', v_sections,
    'classes', coalesce((select jsonb_agg(jsonb_build_object('key', b.key, 'name', b.name) order by b.position)
      from app.body_classes b where b.key in (select app.class_keys_in(v_sections))), '[]'),
    'assets', app.portable_assets(v_sections),
    'institution', jsonb_build_object('name', coalesce((select i.name from app.institution i), '')),
    'exported_at', app.now());
end $$;
grant execute on function public.export_campaign(uuid) to authenticated;

-- Importing ----------------------------------------------------------------------------------------------

-- Which file each imported campaign came from. A deleted draft leaves no trace, so its file imports as new.
create table app.imported_campaigns (
  convocatoria_id uuid primary key references app.convocatorias on delete cascade,
  digest text not null,       -- of its sections
  institution text not null,  -- as the file names it
  imported_at timestamptz not null default app.now()
);
create index on app.imported_campaigns (digest);
alter table app.imported_campaigns enable row level security;
comment on table app.imported_campaigns is
  'Personal data: none. Readers: coordinators of the campaign. Kept: with its campaign. Deleted by:'
  ' public.delete_convocatoria.';

-- The same for every export of a campaign that did not change in between.
create function app.portable_digest(p_document jsonb) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return app.sha256_hex((p_document -> 'sections')::text);
end $$;

-- Refuses what is no document of a campaign that this project understands.
create function app.check_portable(p_document jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
  if jsonb_typeof(p_document -> 'schema') is distinct from 'number' or p_document ->> 'schema' !~ '^\d{1,6}$' then
    perform app.refuse('portable_malformed', 'document');
  elsif (p_document ->> 'schema')::int > app.portable_schema() then
    perform app.refuse('portable_newer', 'schema');
  elsif jsonb_typeof(p_document -> 'sections') is distinct from 'object' then
    perform app.refuse('portable_malformed', 'document');
  elsif not exists (select from app.campaign_kinds k where k.kind = p_document ->> 'kind') then
    perform app.refuse('portable_kind_unknown', 'kind');
  elsif (p_document ->> 'schema')::int < 1 or octet_length(p_document::text) > 5242880
    or exists (select from jsonb_each(p_document -> 'sections') e where jsonb_typeof(e.value) <> 'object'
      or not exists (select from app.sections_of(p_document ->> 'kind') s where s.section = e.key))
    or char_length(coalesce(p_document #>> '{institution,name}', '')) > 200 then
    perform app.refuse('portable_malformed', 'sections');
  end if;
end $$;

-- What the import screen needs beside the file: the classes here, which of the file's are unknown, and the campaigns
-- that came from the same file or an earlier export of the same text.
create function public.preview_import(p_document jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role(app.editors(), null) then perform app.refuse('not_allowed', null, 403); end if;
  perform app.refuse_huge_numbers(p_document);
  perform app.check_portable(p_document);
  return jsonb_build_object(
    'classes', coalesce((select jsonb_agg(jsonb_build_object('key', b.key, 'name', b.name) order by b.position)
      from app.body_classes b), '[]'),
    'unknown_classes', coalesce((select jsonb_agg(k order by k) from app.class_keys_in(p_document -> 'sections') k
      where not exists (select from app.body_classes b where b.key = k)), '[]'),
    'imported', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'title', app.working_title(c),
      'imported_at', i.imported_at) order by i.imported_at)
      from app.imported_campaigns i join app.convocatorias c on c.id = i.convocatoria_id
      where i.digest = app.portable_digest(p_document)), '[]'));
end $$;
grant execute on function public.preview_import(jsonb) to authenticated;

-- The section with the keys of classes replaced as p_classes says, `{key in the file: key here}`. A class that is
-- unknown here and not matched is left out.
create function app.with_own_classes(p_groups jsonb, p_classes jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return p_groups || jsonb_build_object('groups', coalesce((select jsonb_agg(g.item || jsonb_build_object('classes',
    coalesce((select jsonb_agg(m.key order by m.place) from (select b.key, min(k.ordinality) as place
      from jsonb_array_elements_text(case when jsonb_typeof(g.item -> 'classes') = 'array' then g.item -> 'classes' else '[]' end)
        with ordinality k join app.body_classes b on b.key = coalesce(p_classes ->> k.value, k.value) group by b.key) m), '[]'))
    order by g.place) from app.items_of(p_groups, 'groups') g), '[]'));
end $$;

-- The section with each file replaced as p_files says, `{id in the file of the campaign: id here}`. A file that is not
-- there is left out: the draft asks for it.
create function app.with_own_files(p_insumos jsonb, p_files jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return case when jsonb_typeof(p_insumos -> 'items') is distinct from 'array' then p_insumos
    else p_insumos || jsonb_build_object('items', coalesce((select jsonb_agg(case
        when jsonb_typeof(i.value -> 'file') is null then i.value
        when app.parse_uuid(p_files ->> (i.value ->> 'file')) is null then i.value - 'file'
        else i.value || jsonb_build_object('file', p_files -> (i.value ->> 'file')) end order by i.ordinality)
      from jsonb_array_elements(p_insumos -> 'items') with ordinality i), '[]')) end;
end $$;

-- A section of a file as this project keeps it.
create function app.own_section(p_section text, p_data jsonb, p_classes jsonb, p_files jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return case p_section
    when 'grupos' then app.with_own_classes(p_data, p_classes)
    when 'jornadas' then app.without_cancelled_days(p_data)
    when 'insumos' then app.with_own_files(p_data, p_files)
    else p_data end;
end $$;

create function app.import_section(p_section app.kind_sections, p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_wrong app.problem;
begin
  if octet_length(p_data::text) > 524288 then perform app.refuse('text_too_long', p_section.section); end if;
  select p.field, p.code, p.level into v_wrong from unnest(app.check_section(p_section, p_convocatoria, p_data))
    with ordinality p (field, code, level, place) where p.level = 'wrong' order by p.place limit 1;
  if found then perform app.refuse(v_wrong.code, p_section.section); end if;
  insert into app.campaign_sections (convocatoria_id, section, data, saved_by)
  values (p_convocatoria, p_section.section, p_data, auth.uid());
end $$;

-- Makes a draft from the document of a file. `p_again` allows a file that was imported before. The caller announces each
-- file of p_files afterwards (`add_insumo_file`) and uploads it. A call whose answer was lost can be repeated with the same
-- p_id.
create function public.import_campaign(p_id uuid, p_document jsonb, p_classes jsonb default '{}',
  p_again boolean default false, p_files jsonb default '{}') returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_digest text;
  v_section app.kind_sections;
  v_sections jsonb;
  v_campaign app.convocatorias;
begin
  if not app.has_role(app.editors(), null) then perform app.refuse('not_allowed', null, 403); end if;
  if p_id is null or jsonb_typeof(p_classes) is distinct from 'object' or jsonb_typeof(p_files) is distinct from 'object' then
    perform app.refuse('malformed_op', null, 400);
  end if;
  perform app.refuse_huge_numbers(jsonb_build_array(p_document, p_classes, p_files));
  perform app.check_portable(p_document);
  v_digest := app.portable_digest(p_document);
  p_document := app.canon_json(p_document, p_formatted => true);
  perform pg_advisory_xact_lock(hashtextextended('app.imported_campaigns', 0));
  if exists (select from app.imported_campaigns i where i.convocatoria_id = p_id and i.digest = v_digest) then
    return jsonb_build_object('id', p_id);
  elsif not p_again and exists (select from app.imported_campaigns i where i.digest = v_digest) then
    perform app.refuse('already_imported', null, 409);
  end if;
  insert into app.convocatorias (id, kind) values (p_id, p_document ->> 'kind') on conflict (id) do nothing returning * into v_campaign;
  if not found then perform app.refuse('malformed_op', 'id', 400); end if;
  v_sections := app.with_new_ids(p_document -> 'sections');
  for v_section in select s.* from app.sections_of(v_campaign.kind) s where v_sections ? s.section loop
    perform app.import_section(v_section, p_id,
      app.own_section(v_section.section, v_sections -> v_section.section, p_classes, p_files));
  end loop;
  insert into app.imported_campaigns (convocatoria_id, digest, institution)
  values (p_id, v_digest, coalesce(p_document #>> '{institution,name}', ''));
  perform app.record_campaign_event(v_campaign, 'created', '{}', null);
  return jsonb_build_object('id', p_id);
end $$;
grant execute on function public.import_campaign(uuid, jsonb, jsonb, boolean, jsonb) to authenticated;
