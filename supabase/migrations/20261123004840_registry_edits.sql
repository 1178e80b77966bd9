-- Editing the registry by hand: one body, two that are the same, and the classes.

-- A liaison {name, post, email, phone}, or none when nothing of it is visible.
create function app.write_liaison(p_body uuid, p_liaison jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_name text := app.kept_text(p_liaison, 'name');
  v_email text := app.kept_text(p_liaison, 'email');
begin
  delete from app.body_liaisons l where l.body_id = p_body;
  if coalesce(v_name, v_email, app.kept_text(p_liaison, 'post'), app.kept_text(p_liaison, 'phone')) is null then return; end if;
  if v_name is null then perform app.refuse('liaison_name_required', 'liaison-name'); end if;
  if app.has_wrong(app.text_problems(p_liaison, 'name', 120, true) || app.text_problems(p_liaison, 'post', 120, false)
    || app.text_problems(p_liaison, 'phone', 40, false)) then perform app.refuse('liaison_invalid', 'liaison-name'); end if;
  if v_email is not null and app.canonical_email(v_email) is null then perform app.refuse('email_invalid', 'liaison-email'); end if;
  insert into app.body_liaisons (body_id, name, post, email, phone)
  values (p_body, v_name, app.kept_text(p_liaison, 'post'), app.canonical_email(v_email), app.kept_text(p_liaison, 'phone'));
end $$;

-- Refuses the first problem of a body from the form, and a name that another body of its class has.
create function app.check_sujeto_obligado_form(p_id uuid, p_new app.sujetos_obligados, p_was app.sujetos_obligados) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_class app.body_classes;
  v_problem app.problem;
begin
  select * into v_class from app.body_classes c where c.key = p_new.class_key;
  select p.field, p.code, p.level into v_problem from unnest(app.body_problems(p_new.name, p_new.acronym, v_class, p_new.municipality,
    p_new.domains)) with ordinality p (field, code, level, place) order by p.place limit 1;
  if found then perform app.refuse(v_problem.code, v_problem.field); end if;
  if p_new.municipality is not null and not exists (select from app.municipalities m where m.cve = p_new.municipality) then
    perform app.refuse('town_unknown', 'municipality');
  end if;
  if v_class.retired and p_was.class_key is distinct from v_class.key then perform app.refuse('class_retired', 'class'); end if;
  if exists (select from app.sujetos_obligados b where b.id <> p_id and b.class_key = p_new.class_key
    and app.body_form(b.name) = app.body_form(p_new.name)
    and (p_was.name is null or b.name = p_new.name or app.body_form(p_was.name) <> app.body_form(p_new.name))) then
    perform app.refuse('body_exists', 'name', 409);
  end if;
end $$;

-- Adds a body under an id that the screen made (`p_expected_version` 0), or changes one. A repeated call that adds the
-- same body changes nothing. `p_data`: {name, acronym, class_key, municipality, domains: [], liaison: {} | null}.
create function public.save_body(p_id uuid, p_expected_version int, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_was app.sujetos_obligados;
  v_new app.sujetos_obligados;
begin
  perform app.lock_registry();
  perform app.refuse_huge_numbers(p_data);
  if jsonb_typeof(p_data) is distinct from 'object' or jsonb_typeof(p_data -> 'domains') is distinct from 'array'
    or coalesce(jsonb_typeof(p_data -> 'liaison'), 'null') not in ('object', 'null') then
    perform app.refuse('malformed_op');
  end if;
  p_data := app.canon_json(p_data);
  select * into v_was from app.sujetos_obligados b where b.id = p_id;
  if p_expected_version = 0 and v_was.name = app.tidied(app.text_of(p_data, 'name')) then
    return jsonb_build_object('id', p_id, 'version', v_was.version);
  end if;
  if coalesce(v_was.version, 0) is distinct from p_expected_version then perform app.refuse('conflict', null, 409); end if;
  if v_was.merged_into is not null then perform app.refuse('body_merged', null, 409); end if;
  v_new := v_was;
  v_new.name := app.tidied(app.text_of(p_data, 'name'));
  v_new.acronym := nullif(app.tidied(app.text_of(p_data, 'acronym')), '');
  v_new.class_key := app.text_of(p_data, 'class_key');
  v_new.municipality := nullif(app.text_of(p_data, 'municipality'), '');
  v_new.domains := app.domains_of(coalesce((select string_agg(d.value, ' ')
    from jsonb_array_elements_text(p_data -> 'domains') d), ''));
  perform app.check_sujeto_obligado_form(p_id, v_new, v_was);
  insert into app.sujetos_obligados as b (id, name, acronym, class_key, municipality, domains)
  values (p_id, v_new.name, v_new.acronym, v_new.class_key, v_new.municipality, v_new.domains)
  on conflict (id) do update set name = excluded.name, acronym = excluded.acronym, class_key = excluded.class_key,
    municipality = excluded.municipality, domains = excluded.domains, version = b.version + 1;
  perform app.write_liaison(p_id, p_data -> 'liaison');
  perform app.record_body_event(case when v_was.id is null then 'added' else 'changed' end, p_id,
    case when v_was.id is null then '{}' else jsonb_build_object('before', app.body_row(v_was)) end);
  return jsonb_build_object('id', p_id, 'version', (select b.version from app.sujetos_obligados b where b.id = p_id));
end $$;
grant execute on function public.save_body(uuid, int, jsonb) to authenticated;

-- Retires a body (nobody can choose it, its registrations stay) or restores it. A repeated call changes nothing.
create function public.set_body_active(p_id uuid, p_active boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_body app.sujetos_obligados;
begin
  perform app.lock_registry();
  select * into v_body from app.sujetos_obligados b where b.id = p_id;
  if not found then perform app.refuse('body_unknown', null, 404); end if;
  if v_body.merged_into is not null then perform app.refuse('body_merged', null, 409); end if;
  if v_body.active <> p_active then
    update app.sujetos_obligados b set active = p_active, version = b.version + 1 where b.id = p_id;
    perform app.record_body_event(case when p_active then 'restored' else 'retired' end, p_id);
  end if;
  return jsonb_build_object('id', p_id, 'active', p_active);
end $$;
grant execute on function public.set_body_active(uuid, boolean) to authenticated;

-- Makes one body of two: registrations, domains and, where the kept body has none, the liaison move to it; the other
-- one stays, retired, so that a file that still names it adds nothing.
create function public.merge_bodies(p_kept uuid, p_merged uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_kept app.sujetos_obligados;
  v_merged app.sujetos_obligados;
  v_moved int;
begin
  perform app.lock_registry();
  select * into v_kept from app.sujetos_obligados b where b.id = p_kept;
  select * into v_merged from app.sujetos_obligados b where b.id = p_merged;
  if v_kept.id is null or v_merged.id is null then perform app.refuse('body_unknown', null, 404); end if;
  if p_kept = p_merged then perform app.refuse('body_same', null, 409); end if;
  if v_kept.merged_into is not null or v_merged.merged_into is not null then
    perform app.refuse('body_merged', null, 409);
  end if;
  update app.registrations r set body_id = p_kept where r.body_id = p_merged;
  get diagnostics v_moved = row_count;
  update app.sujetos_obligados b set merged_into = p_kept where b.merged_into = p_merged;
  update app.sujetos_obligados b set active = false, merged_into = p_kept, version = b.version + 1 where b.id = p_merged;
  update app.sujetos_obligados b set version = b.version + 1,
    domains = app.domains_of(array_to_string(b.domains || v_merged.domains, ' ')) where b.id = p_kept;
  update app.body_liaisons l set body_id = p_kept
  where l.body_id = p_merged and not exists (select from app.body_liaisons k where k.body_id = p_kept);
  delete from app.body_liaisons l where l.body_id = p_merged;
  perform app.record_body_event('merged', p_merged, jsonb_build_object('into', p_kept, 'registrations', v_moved));
  perform app.record_body_event('changed', p_kept, jsonb_build_object('before', app.body_row(v_kept)));
  return jsonb_build_object('id', p_kept, 'registrations', v_moved);
end $$;
grant execute on function public.merge_bodies(uuid, uuid) to authenticated;

-- Classes ------------------------------------------------------------------------------------------------

-- The key of a new class: its name in lower case without accents, joined by underscores.
create function app.class_key_of(p_name text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return trim('_' from regexp_replace(regexp_replace(app.body_form(p_name), '[^a-z]+', '_', 'g'), '_+', '_', 'g'));
end $$;

-- That key, or with eight letters at its end when another class has it or `p_first` is false.
create function app.free_class_key(p_name text, p_first boolean) returns text
language plpgsql volatile set search_path = '' as $$
begin
  return app.class_key_of(p_name) || case
    when p_first and not exists (select from app.body_classes c where c.key = app.class_key_of(p_name)) then ''
    else '_' || translate(substr(md5(random()::text), 1, 8), '0123456789', 'ghijklmnop') end;
end $$;

-- Refuses classes that are not a list of {key, name, retired}, names that are missing or occur twice, unknown keys, and
-- names without a letter, of which no key can be made.
create function app.check_classes(p_classes jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_field text;
begin
  if app.has_wrong(app.list_problems(jsonb_build_object('classes', p_classes), 'classes', 60)) then
    perform app.refuse('malformed_op', 'classes');
  end if;
  select 'class-' || i.place into v_field from app.items_of(jsonb_build_object('classes', p_classes), 'classes') i
  where coalesce(app.visible_length(app.text_of(i.item, 'name')), 0) not between 1 and 120
    or (coalesce(i.item ->> 'key', '') = '' and app.class_key_of(i.item ->> 'name') = '')
    or (i.item ->> 'key' <> '' and not exists (select from app.body_classes c where c.key = i.item ->> 'key'))
    or jsonb_typeof(i.item -> 'retired') is distinct from 'boolean' order by i.place limit 1;
  if found then perform app.refuse('class_name_required', v_field); end if;
  select 'class-' || max(i.place) into v_field from app.items_of(jsonb_build_object('classes', p_classes), 'classes') i
  group by app.body_form(i.item ->> 'name') having count(*) > 1 order by max(i.place) limit 1;
  if found then perform app.refuse('class_repeated', v_field); end if;
end $$;

-- Makes the classes what `p_classes` says, in its order. One without a key is new; one that the list leaves out is
-- deleted, if no body and no group uses it.
create function public.save_classes(p_classes jsonb, p_expected bigint) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_before jsonb := app.staff_classes();
begin
  perform app.lock_registry();
  if p_expected is distinct from app.registry_version() then perform app.refuse('conflict', null, 409); end if;
  perform app.refuse_huge_numbers(p_classes);
  p_classes := app.canon_json(p_classes);
  perform app.check_classes(p_classes);
  set constraints all deferred;
  if exists (select from app.body_classes c where not exists (select from jsonb_array_elements(p_classes) e
      where e.value ->> 'key' = c.key) and (exists (select from app.sujetos_obligados b where b.class_key = c.key)
      or exists (select from app.group_classes g where g.class_key = c.key))) then
    perform app.refuse('class_in_use', 'classes', 409);
  end if;
  delete from app.body_classes c where not exists (select from jsonb_array_elements(p_classes) e
    where e.value ->> 'key' = c.key);
  update app.body_classes c set name = 'antes: ' || c.key where true;   -- names may change places
  insert into app.body_classes as c (key, name, position, retired)
  select coalesce(nullif(i.item ->> 'key', ''), app.free_class_key(i.item ->> 'name', row_number() over (
      partition by i.item ->> 'key', app.class_key_of(i.item ->> 'name') order by i.place) = 1)),
    app.tidied(i.item ->> 'name'), i.place + 1, (i.item ->> 'retired')::boolean
  from app.items_of(jsonb_build_object('classes', p_classes), 'classes') i
  on conflict (key) do update set name = excluded.name, position = excluded.position, retired = excluded.retired;
  perform app.record_body_event('classes_changed', null, jsonb_build_object('before', v_before));
  return jsonb_build_object('version', app.registry_version(), 'classes', app.staff_classes());
end $$;
grant execute on function public.save_classes(jsonb, bigint) to authenticated;
