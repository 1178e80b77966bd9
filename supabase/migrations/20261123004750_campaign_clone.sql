-- A campaign that begins as a copy of a former one.

-- The value with the ids of p_ids, `{old: new}`, replaced wherever `id` or `…_id` holds one.
create function app.with_replaced_ids(p_value jsonb, p_ids jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  case jsonb_typeof(p_value)
    when 'object' then
      return coalesce((select jsonb_object_agg(e.key, case
        when jsonb_typeof(e.value) = 'string' and (e.key = 'id' or e.key like '%\_id')
          then coalesce(p_ids -> (e.value #>> '{}'), e.value)
        else app.with_replaced_ids(e.value, p_ids) end) from jsonb_each(p_value) e), '{}');
    when 'array' then
      return coalesce((select jsonb_agg(app.with_replaced_ids(e.value, p_ids) order by e.ordinality)
        from jsonb_array_elements(p_value) with ordinality e), '[]');
    else return p_value;
  end case;
end $$;

-- Sections with a new id for each item, also where other sections name it.
create function app.with_new_ids(p_sections jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  return app.with_replaced_ids(p_sections, coalesce((select jsonb_object_agg(i.id, gen_random_uuid()) from (
    select distinct q #>> '{}' as id from jsonb_path_query(p_sections, '$.**.id') q where jsonb_typeof(q) = 'string') i), '{}'));
end $$;

-- The sections of a campaign as a copy begins with them: ids of its own, and dates moved by business days so that it
-- opens on p_opens_on. Dates stay away when the campaign has no opening.
create function app.cloned_sections(p_campaign app.convocatorias, p_opens_on date) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_opened date := app.local_day(app.parse_instant(app.section_data(p_campaign.id, 'fechas') ->> 'opens_at'));
  v_sections jsonb := '{}';
  v_section app.kind_sections;
  v_data jsonb;
begin
  for v_section in select s.* from app.sections_of(p_campaign.kind) s loop
    v_data := app.section_data(p_campaign.id, v_section.section);
    if v_section.clone_function is not null then
      execute format('select app.%I($1, $2, $3)', v_section.clone_function) into v_data using v_data, v_opened, p_opens_on;
    end if;
    v_sections := v_sections || jsonb_build_object(v_section.section, v_data);
  end loop;
  return app.with_new_ids(v_sections);
end $$;

-- Creates a draft as a copy of a campaign that the caller may read. The phone makes the id, so that a call whose answer
-- was lost can be repeated.
create function public.clone_convocatoria(p_id uuid, p_from uuid, p_opens_on date) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_from app.convocatorias;
begin
  if not app.has_role(app.editors(), null) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_from from app.convocatorias c where c.id = p_from;
  if not found then perform app.refuse('convocatoria_unknown', null, 404); end if;
  if p_opens_on is null or not app.is_business_day(p_opens_on) then perform app.refuse('opens_on_rest_day', 'opens_on'); end if;
  if exists (select from app.convocatorias c where c.id = p_id) then   -- the answer of an earlier call was lost
    return app.campaign_answer(app.editable_campaign(p_id));
  end if;
  perform public.create_convocatoria(p_id, v_from.kind);
  insert into app.campaign_sections (convocatoria_id, section, data, saved_by)
  select p_id, s.key, s.value, auth.uid() from jsonb_each(app.cloned_sections(v_from, p_opens_on)) s;
  return app.campaign_answer(app.editable_campaign(p_id));
end $$;
grant execute on function public.clone_convocatoria(uuid, uuid, date) to authenticated;
