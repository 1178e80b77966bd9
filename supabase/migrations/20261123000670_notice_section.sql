-- The section `aviso` of every campaign: an aviso de privacidad that exists, or a new version of one.

insert into app.kind_sections (kind, section, position, check_function, read_function, write_function) values
  (null, 'aviso', 80, 'check_notice_section', 'read_notice_section', 'write_notice_section');

-- Permissions ----------------------------------------------------------------------------------------------

-- Whether the words of a consent name what it allows: its author read nothing else.
create function app.is_named(p_permission app.kind_permissions, p_consent jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return p_permission.named is null or coalesce(p_consent ->> 'text', '') ~* p_permission.named;
end $$;

-- What a granted consent publishes or lets be used in a campaign of this kind: what it allows and names. A consent from before
-- `allows` is read by its key, and the notices of that time named some of it elsewhere.
create function app.consent_grants(p_kind text, p_consent jsonb) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select p.permission from app.kind_permissions p where p.kind = p_kind
    and p.permission = any (app.consent_allows(p_kind, p_consent))
    and (app.is_named(p, p_consent) or p.unnamed_before and jsonb_typeof(p_consent -> 'allows') is distinct from 'array'));
end $$;

-- What a consent allows in a campaign of this kind. A notice written before consents had `allows` is read by its keys.
create function app.consent_allows(p_kind text, p_consent jsonb) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  return case when jsonb_typeof(p_consent -> 'allows') = 'array'
    then array(select jsonb_array_elements_text(p_consent -> 'allows'))
    else array(select p.permission from app.kind_permissions p
      where p.kind = p_kind and p.consent_key = p_consent ->> 'key' and not p.may_lack) end;
end $$;

-- What campaigns of this kind show or use, need, and no consent of the notice allows.
create function app.uncovered_permissions(p_kind text, p_notice jsonb) returns setof text
language sql stable set search_path = '' as $$
  select p.permission from app.kind_permissions p
  where p.kind = p_kind and not p.may_lack and not exists (select from app.items_of(p_notice, 'consents') c
    where p.permission = any (app.consent_allows(p_kind, c.item))
      and (not p.fixed_key or c.item ->> 'key' = p.consent_key))
  order by p.position
$$;

create function app.permissions_of(p_kind text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('permission', p.permission, 'consent_key', p.consent_key)
    order by p.position), '[]')
  from app.kind_permissions p where p.kind = p_kind);
end $$;

-- Problems ---------------------------------------------------------------------------------------------------

-- Problems of the texts in a list of strings, where one is formatted (docs/formatted-text.md).
create function app.formatted_list_problems(p_paragraphs jsonb, p_field text) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce((select array_agg(x) from jsonb_array_elements_text(p_paragraphs) e, unnest(case
      when char_length(e.value) > 20000 then app.problem(p_field, 'text_too_long', 'wrong')
      when app.has_unsafe_link(e.value) then app.problem(p_field, 'text_link_invalid', 'wrong') end) x
    where e.value ~ '^\u2063'), '{}');
end $$;

-- Problems of a list of paragraphs.
create function app.paragraph_problems(p_paragraphs jsonb, p_field text) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return (select case when jsonb_typeof(p_paragraphs) is distinct from 'array'
      or exists (select from jsonb_array_elements(p_paragraphs) e where jsonb_typeof(e.value) <> 'string')
    then app.problem(p_field, 'malformed_op', 'wrong')
    when p_paragraphs = '[]' then app.problem(p_field, 'notice_incomplete', 'missing')
    else app.formatted_list_problems(p_paragraphs, p_field) || app.mark_problems(p_paragraphs, p_field) end);
end $$;

-- Whether campaigns of the kind use all that `allows` lists. Another kind or a newer version may list more.
create function app.knows_permissions(p_kind text, p_allows jsonb) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return not exists (select from jsonb_array_elements(case when jsonb_typeof(p_allows) = 'array' then p_allows else '[]' end) a
    where not exists (select from app.kind_permissions p where p.kind = p_kind and to_jsonb(p.permission) = a.value));
end $$;

-- Problems of one consent: {key, text, required, allows, until}. One that allows something says until when, and names it.
create function app.consent_problems(p_kind text, p_consent jsonb, p_field text) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return (select case
    when coalesce(p_consent ->> 'key', '') !~ '^[a-z][a-z_]{1,39}$'
        or jsonb_typeof(p_consent -> 'required') is distinct from 'boolean'
        or coalesce(jsonb_typeof(p_consent -> 'allows'), 'null') not in ('null', 'array')
      then app.problem(p_field, 'malformed_op', 'wrong')
    when not app.knows_permissions(p_kind, p_consent -> 'allows') then app.problem(p_field, 'permission_unknown', 'wrong')
    else app.text_problems(p_consent, 'text', 400, true, p_field) || app.mark_problems(p_consent -> 'text', p_field)
      || app.text_problems(p_consent, 'until', 160, false, p_field || '-until')
      || app.mark_problems(p_consent -> 'until', p_field || '-until')
      || case when p_consent -> 'allows' <> '[]' and jsonb_typeof(p_consent -> 'allows') = 'array'
          and app.kept_text(p_consent, 'until') is null
        then app.problem(p_field || '-until', 'until_required', 'missing') end
      || case when exists (select from app.kind_permissions p where p.kind = p_kind
          and p.permission = any (app.consent_allows(p_kind, p_consent)) and not app.is_named(p, p_consent))
        then app.problem(p_field, 'permission_unnamed', 'missing') end
  end);
end $$;

create function app.consents_problems(p_kind text, p_notice jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return app.list_problems(p_notice, 'consents', 12)
    || case when (select count(*) <> count(distinct c.item ->> 'key') from app.items_of(p_notice, 'consents') c)
      then app.problem('consents', 'malformed_op', 'wrong') end
    || coalesce((select array_agg(p order by c.place) from app.items_of(p_notice, 'consents') c,
      unnest(app.consent_problems(p_kind, c.item, 'consent-' || c.place)) p), '{}');
end $$;

create function app.full_form_problems(p_notice jsonb) returns app.problem[]
language plpgsql immutable set search_path = '' as $$
begin
  return app.list_problems(p_notice, 'full', 40)
    || case when coalesce(jsonb_typeof(p_notice -> 'full'), '') <> 'array' then app.problem('full', 'malformed_op', 'wrong')
      when p_notice -> 'full' = '[]' then app.problem('full', 'notice_incomplete', 'missing') end
    || coalesce((select array_agg(p order by f.place) from app.items_of(p_notice, 'full') f,
      unnest(app.text_problems(f.item, 'heading', 160, true, 'full-' || f.place)
        || app.mark_problems(f.item -> 'heading', 'full-' || f.place)
        || app.paragraph_problems(f.item -> 'paragraphs', 'full-' || f.place)) p), '{}');
end $$;

-- Problems of what a notice says of periods: in its part «Cuánto tiempo …» every figure of days, months or years is one of
-- the settings, because the jobs delete by those.
create function app.period_problems(p_notice jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(array_agg(distinct row('full-' || f.place, 'period_differs', 'missing')::app.problem), '{}')
  from app.items_of(p_notice, 'full') f
  cross join lateral regexp_matches(f.item ->> 'paragraphs', '(\d+) (d[ií]a|mes|año)', 'gi') m (found)
  where f.item ->> 'heading' ilike 'cuánto tiempo%' and not exists (
    select from jsonb_each_text(app.retention_periods()) k where k.value = m.found[1]
      and k.key like '%' || case lower(left(m.found[2], 1)) when 'd' then '_days' when 'm' then '_months' else '_years' end));
end $$;

-- Problems of a notice that the section writes: {title, simplified, full, consents}.
create function app.notice_problems(p_kind text, p_notice jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return app.text_problems(p_notice, 'title', 160, true, 'notice-title')
    || app.mark_problems(p_notice -> 'title', 'notice-title')
    || case when octet_length(p_notice::text) > 65536 then app.problem('simplified', 'text_too_long', 'wrong') end
    || app.paragraph_problems(p_notice -> 'simplified', 'simplified')
    || app.full_form_problems(p_notice) || app.period_problems(p_notice) || app.consents_problems(p_kind, p_notice);
end $$;

-- Problems of a notice that exists. A campaign that no longer receives anything keeps the notice it had.
create function app.known_notice_problems(p_campaign app.convocatorias, p_id uuid) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return case
    when not exists (select from app.notices n where n.id = p_id) then app.problem('notice_id', 'notice_unknown', 'missing')
    when p_campaign.published and p_campaign.notice_id = p_id and app.received_until(p_campaign) <= app.now() then '{}'
    when exists (select from app.notices n,
      app.uncovered_permissions(p_campaign.kind, jsonb_build_object('consents', n.consents)) where n.id = p_id)
      then app.problem('notice_id', 'permission_uncovered', 'missing')
    else '{}'
  end;
end $$;

create function app.check_notice_section(p_convocatoria uuid, p_data jsonb) returns app.problem[]
language plpgsql stable set search_path = '' as $$
declare
  v_campaign app.convocatorias;
  v_problems app.problem[];
begin
  select * into v_campaign from app.convocatorias c where c.id = p_convocatoria;
  if coalesce(jsonb_typeof(p_data -> 'notice'), 'null') = 'null' then
    return app.known_notice_problems(v_campaign, app.parse_uuid(p_data ->> 'notice_id'));
  elsif jsonb_typeof(p_data -> 'notice') <> 'object' then
    return app.problem('notice_id', 'malformed_op', 'wrong');
  end if;
  v_problems := app.notice_problems(v_campaign.kind, p_data -> 'notice');
  if app.has_wrong(v_problems) then return v_problems; end if;
  return v_problems || array(select row('allows-' || p, 'permission_uncovered', 'missing')::app.problem
    from app.uncovered_permissions(v_campaign.kind, p_data -> 'notice') p);
end $$;

-- Reading and writing ----------------------------------------------------------------------------------------

create function app.read_notice_section(p_convocatoria uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('notice_id', c.notice_id, 'notice', null)
  from app.convocatorias c where c.id = p_convocatoria);
end $$;

-- Writes a new version of a notice. Nobody rewrites one that people have accepted.
create function app.add_notice_version(p_notice jsonb) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
  v_title text := app.trimmed(p_notice ->> 'title');
  v_id uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('app.notices', 0));
  insert into app.notices (version, title, label, published_on, simplified, full_form, consents)
  select coalesce(max(n.version), 0) + 1, v_title, (select i.demo_label from app.institution i),
    app.local_day(app.now()), p_notice -> 'simplified', p_notice -> 'full', p_notice -> 'consents'
  from app.notices n where n.title = v_title
  returning id into v_id;
  return v_id;
end $$;

create function app.write_notice_section(p_convocatoria uuid, p_data jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.convocatorias set notice_id = case when jsonb_typeof(p_data -> 'notice') = 'object'
    then app.add_notice_version(p_data -> 'notice') else app.parse_uuid(p_data ->> 'notice_id') end
  where id = p_convocatoria;
end $$;
