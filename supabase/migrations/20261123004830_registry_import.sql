-- Importing a whole registry: what its rows would do, doing it, and undoing it. The screens and
-- `npm run import:bodies` send the rows as the file says them; every rule is here.

-- The normal form of a name, without accents, case and punctuation: two names with the same one are probably the same body. Without a search_path of its own,
-- so that Postgres inlines it: a file has thousands of names.
create function app.body_form(p_name text) returns text
language sql stable as $$
  select app.trimmed(regexp_replace(lower(extensions.unaccent('extensions.unaccent'::regdictionary,
    normalize(app.tidied(p_name), nfkc))), '[^[:alnum:]_]+', ' ', 'g'))
$$;

create function app.flag_of(p_text text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return case when app.folded(p_text) in ('', 'si', 's', 'x', '1', 'true') then true
    when app.folded(p_text) in ('no', 'n', '0', 'false') then false end;
end $$;

-- The mail domains in a list separated by commas, semicolons or spaces.
create function app.domains_of(p_text text) returns text[]
language plpgsql immutable set search_path = '' as $$
begin
  return (select coalesce(array_agg(distinct d.value order by d.value), '{}')
  from regexp_split_to_table(lower(p_text), '[\s,;]+') d (value) where d.value <> '');
end $$;

-- Problems of what a body says of itself, from a file or from the form.
create function app.body_problems(p_name text, p_acronym text, p_class app.body_classes, p_municipality text,
  p_domains text[]) returns app.problem[]
language plpgsql stable set search_path = '' as $$
begin
  return case when app.visible_length(coalesce(p_name, '')) = 0 then app.problem('name', 'body_name_required', 'wrong')
      when char_length(p_name) > 200 then app.problem('name', 'body_name_long', 'wrong') else '{}' end
    || case when char_length(p_acronym) > 20 then app.problem('acronym', 'acronym_long', 'wrong') end
    || case when p_class.key is null then app.problem('class', 'class_unknown', 'wrong')
      when p_class.key in ('ayuntamiento', 'opdapas', 'dif_municipal') and p_municipality is null
        then app.problem('municipality', 'municipality_required', 'wrong') end
    || case when cardinality(p_domains) > 10 or exists (select from unnest(p_domains) d
      where d !~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$' or char_length(d) > 253)
      then app.problem('domains', 'domain_invalid', 'wrong') end;
end $$;

-- The rows {line, name, acronym?, class, municipality?, active?, domains?, apart?} with their references found. A key
-- that a row lacks leaves that field of a known body as it is. `apart`: the body is not its twin.
create function app.given_bodies(p_rows jsonb) returns table (place int, line int, given jsonb, apart boolean, name text,
  form text, acronym text, class app.body_classes, municipality text, active boolean, domains text[])
language sql stable set search_path = '' as $$
  with classes as materialized (
    select c, app.body_form(c.name) as form from app.body_classes c
  ), towns as materialized (
    select m.cve, app.body_form(m.name) as form from app.municipalities m
  ), rows as materialized (
    select e.ordinality::int as place, app.int_of(e.value, 'line') as line, e.value as given,
      coalesce(e.value -> 'apart' = 'true', false) as apart, app.tidied(e.value ->> 'name') as name,
      nullif(app.tidied(e.value ->> 'acronym'), '') as acronym,
      app.body_form(e.value ->> 'class') as class_form, app.body_form(e.value ->> 'municipality') as town_form,
      app.flag_of(app.tidied(e.value ->> 'active')) as active, app.domains_of(e.value ->> 'domains') as domains
    from jsonb_array_elements(p_rows) with ordinality e
  )
  select r.place, r.line, r.given, r.apart, r.name, app.body_form(r.name), r.acronym,
    (select k.c from classes k where (k.c).key = r.class_form or k.form = r.class_form order by (k.c).key limit 1),
    (select t.cve from towns t where t.cve = r.town_form or t.form = r.town_form order by t.cve limit 1), r.active, r.domains
  from rows r
$$;

-- What a row would do. `status`: new, changed, same, merged (its body became part of another one) or wrong.
-- `twin`: the other name with the same normal form, which a row without `apart` replaces.
create type app.read_body as (place int, line int, status text, body_id uuid, before jsonb, after jsonb, twin text,
  problems app.problem[]);

create function app.read_bodies(p_rows jsonb) returns setof app.read_body
language sql stable set search_path = '' as $$
  with given as materialized (
    select g.*, (g.class).key as class_key from app.given_bodies(p_rows) g
  ), bodies as materialized (
    select b as body, b.id, b.name, b.class_key, b.active, b.merged_into, app.body_form(b.name) as form
    from app.sujetos_obligados b
  ), matches as materialized (   -- the body with the name and class of the row, else the one with the same normal form
    select distinct on (g.place) g.place, b.id, b.body from given g
    join bodies b on b.class_key = g.class_key and b.form = g.form
    where b.name = g.name or not g.apart
    order by g.place, b.name = g.name desc, b.merged_into is null desc, b.active desc, b.id
  ), named as materialized (
    select g.*, m.body, m.id as body_id from given g left join matches m on m.place = g.place
  ), elsewhere as materialized (   -- twins in another class, or that the row says it is not
    select g.place, min(b.name) as name from given g join bodies b on b.form = g.form and b.merged_into is null
    where b.class_key <> g.class_key or (g.apart and b.name <> g.name) group by g.place
  ), counted as (
    select n.*, row_number() over (partition by n.class_key, coalesce(n.body_id::text,
        case when n.apart then 'name:' || n.name else 'form:' || n.form end) order by n.place) as nth,
      row_number() over (partition by n.class_key, n.name order by n.place) as nth_name
    from named n
  ), judged as (
    select c.*, e.name as elsewhere, app.body_problems(c.name, c.acronym, c.class,
        case when c.given ? 'municipality' or c.body_id is null then c.municipality else (c.body).municipality end, c.domains)
      || case when coalesce(c.given ->> 'municipality', '') <> '' and c.municipality is null
        then app.problem('municipality', 'town_unknown', 'wrong') end
      || case when c.given ? 'active' and c.active is null then app.problem('active', 'flag_invalid', 'wrong') end
      || case when (c.class).retired and c.body_id is null then app.problem('class', 'class_retired', 'wrong') end
      || case when c.nth > 1 or c.nth_name > 1 then app.problem('name', 'body_repeated', 'wrong') end
      || case when (c.body).merged_into is not null then app.problem('name', 'body_merged', 'look')
        when (c.body).name <> c.name then app.problem('name', 'body_twin', 'look') end
      || case when e.name is not null then app.problem('name', 'body_twin_elsewhere', 'look') end as problems,
      jsonb_build_object('name', c.name, 'class_key', c.class_key,
        'acronym', case when c.given ? 'acronym' then c.acronym else (c.body).acronym end,
        'municipality', case when c.given ? 'municipality' then c.municipality else (c.body).municipality end,
        'active', case when c.given ? 'active' then c.active else coalesce((c.body).active, true) end,
        'domains', to_jsonb(case when c.given ? 'domains' then c.domains else coalesce((c.body).domains, '{}') end)) as after
    from counted c left join elsewhere e on e.place = c.place
  )
  select j.place, j.line, case when app.has_wrong(j.problems) then 'wrong'
      when j.body_id is null then 'new'
      when (j.body).merged_into is not null then 'merged'
      when app.body_row(j.body) = j.after then 'same' else 'changed' end,
    j.body_id, case when j.body_id is not null then app.body_row(j.body) end, j.after,
    coalesce(case when (j.body).name <> j.name then (j.body).name end, j.elsewhere), j.problems
  from judged j order by j.place
$$;

-- Refuses what is no list of up to 5,000 rows of texts.
create function app.check_body_rows(p_rows jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
  if jsonb_typeof(p_rows) is distinct from 'array' or exists (select from jsonb_array_elements(p_rows) e
    where jsonb_typeof(e.value) <> 'object' or exists (select from jsonb_each(e.value) f
      where f.key in ('name', 'acronym', 'class', 'municipality', 'active', 'domains')
        and jsonb_typeof(f.value) <> 'string')) then
    perform app.refuse('malformed_op', 'rows');
  end if;
  if jsonb_array_length(p_rows) = 0 then perform app.refuse('registry_empty', 'rows'); end if;
  if jsonb_array_length(p_rows) > 5000 then perform app.refuse('list_too_long', 'rows'); end if;
end $$;

-- The active bodies that no row names.
create function app.gone_bodies(p_named uuid[]) returns setof app.sujetos_obligados
language sql stable set search_path = '' as $$
  select b.* from app.sujetos_obligados b
  where b.active and b.id <> all (p_named)
    and not exists (select from app.sujetos_obligados m where m.id = any (p_named) and m.merged_into = b.id)
  order by b.name, b.class_key
$$;

create function app.preview_rows(p_rows jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_rows jsonb;
  v_named uuid[];
begin
  p_rows := app.canon_json(p_rows);
  perform app.check_body_rows(p_rows);
  select jsonb_agg(jsonb_build_object('line', r.line, 'status', r.status, 'before', r.before, 'after', r.after,
      'twin', r.twin, 'problems', to_jsonb(r.problems)) order by r.place),
    coalesce(array_agg(r.body_id) filter (where r.body_id is not null), '{}')
  into v_rows, v_named from app.read_bodies(p_rows) r;
  return jsonb_build_object('version', app.registry_version(), 'rows', v_rows,
    'gone', coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'class_key', g.class_key))
      from app.gone_bodies(v_named) g), '[]'));
end $$;

-- What importing these rows would do: row by row, and which active bodies they do not name.
create function public.preview_bodies(p_rows jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not app.has_role(app.editors(), null) then perform app.refuse('not_allowed', null, 403); end if;
  perform app.refuse_huge_numbers(p_rows);
  return app.preview_rows(p_rows);
end $$;
grant execute on function public.preview_bodies(jsonb) to authenticated;

-- Writes what the changes of an import say.
create function app.apply_import(p_import uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.sujetos_obligados b set name = n.name, acronym = n.acronym, municipality = n.municipality,
    active = n.active, domains = n.domains, version = b.version + 1
  from app.body_import_changes c, jsonb_populate_record(null::app.sujetos_obligados, c.after) n
  where c.import_id = p_import and c.before is not null and b.id = c.body_id;
  insert into app.sujetos_obligados (id, name, acronym, class_key, municipality, active, domains)
  select c.body_id, n.name, n.acronym, n.class_key, n.municipality, n.active, n.domains
  from app.body_import_changes c, jsonb_populate_record(null::app.sujetos_obligados, c.after) n
  where c.import_id = p_import and c.before is null;
end $$;

-- What the rows change, body by body.
create function app.import_changes(p_import uuid, p_rows app.read_body[], p_retire_gone boolean)
returns app.body_import_changes[]
language plpgsql volatile set search_path = '' as $$
begin
  return array(
    select row(p_import, coalesce(r.body_id, gen_random_uuid()), r.before, r.after)::app.body_import_changes
    from unnest(p_rows) r where r.status in ('new', 'changed')
    union all
    select row(p_import, g.id, app.body_row(g), app.body_row(g) || '{"active": false}')::app.body_import_changes
    from app.gone_bodies(array(select r.body_id from unnest(p_rows) r where r.body_id is not null)) g
    where p_retire_gone);
end $$;

-- Imports the rows, all or none. `p_expected` is the version of the preview; null: whatever it is. Bodies that the rows
-- do not name stay, or are retired.
create function app.import_rows(p_rows jsonb, p_expected bigint, p_retire_gone boolean) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid := gen_random_uuid();
  v_rows app.read_body[];
  v_changes app.body_import_changes[];
  v_counts jsonb;
begin
  perform pg_advisory_xact_lock(hashtextextended('app.sujetos_obligados', 0));
  p_rows := app.canon_json(p_rows);
  perform app.check_body_rows(p_rows);
  if p_expected <> app.registry_version() then perform app.refuse('conflict', null, 409); end if;
  v_rows := array(select r from app.read_bodies(p_rows) r);
  if exists (select from unnest(v_rows) r where r.status = 'wrong') then perform app.refuse('rows_wrong', 'rows'); end if;
  v_changes := app.import_changes(v_id, v_rows, p_retire_gone);
  select jsonb_build_object('added', count(*) filter (where r.status = 'new'),
    'changed', count(*) filter (where r.status = 'changed'),
    'same', count(*) filter (where r.status in ('same', 'merged')), 'retired',
    cardinality(v_changes) - count(*) filter (where r.status in ('new', 'changed'))) into v_counts from unnest(v_rows) r;
  if cardinality(v_changes) = 0 then return v_counts || '{"id": null}'; end if;
  insert into app.body_imports (id, actor_id, added, changed, retired)
  values (v_id, auth.uid(), (v_counts ->> 'added')::int, (v_counts ->> 'changed')::int, (v_counts ->> 'retired')::int);
  insert into app.body_import_changes select c.* from unnest(v_changes) c;
  perform app.apply_import(v_id);
  perform app.record_body_event('imported', v_id, v_counts);
  return v_counts || jsonb_build_object('id', v_id);
end $$;

create function public.import_bodies(p_rows jsonb, p_expected bigint, p_retire_gone boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform app.lock_registry();
  if p_expected is null then perform app.refuse('conflict', null, 409); end if;
  perform app.refuse_huge_numbers(p_rows);
  return app.import_rows(p_rows, p_expected, coalesce(p_retire_gone, false));
end $$;
grant execute on function public.import_bodies(jsonb, bigint, boolean) to authenticated;

-- Undoes an import within 24 hours. A body that is used by now, or was changed since, stays as it is.
create function public.undo_import(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_import app.body_imports;
  v_removed int;
  v_restored int;
  v_kept int;
begin
  perform app.lock_registry();
  select * into v_import from app.body_imports i where i.id = p_id for update;
  if not found then perform app.refuse('import_unknown', null, 404); end if;
  if v_import.undone_at is not null then perform app.refuse('import_undone', null, 409); end if;
  if v_import.at <= app.now() - interval '24 hours' then perform app.refuse('import_old', null, 409); end if;
  delete from app.sujetos_obligados b using app.body_import_changes c
  where c.import_id = p_id and c.before is null and b.id = c.body_id and app.body_row(b) = c.after
    and not app.is_body_used(b.id);
  get diagnostics v_removed = row_count;
  update app.sujetos_obligados b set name = n.name, acronym = n.acronym, municipality = n.municipality,
    active = n.active, domains = n.domains, version = b.version + 1
  from app.body_import_changes c, jsonb_populate_record(null::app.sujetos_obligados, c.before) n
  where c.import_id = p_id and c.before is not null and b.id = c.body_id and app.body_row(b) = c.after
    and b.merged_into is null;
  get diagnostics v_restored = row_count;
  update app.body_imports i set undone_at = app.now() where i.id = p_id;
  v_kept := v_import.added + v_import.changed + v_import.retired - v_removed - v_restored;
  perform app.record_body_event('import_undone', p_id,
    jsonb_build_object('removed', v_removed, 'restored', v_restored, 'kept', v_kept));
  return jsonb_build_object('removed', v_removed, 'restored', v_restored, 'kept', v_kept);
end $$;
grant execute on function public.undo_import(uuid) to authenticated;
