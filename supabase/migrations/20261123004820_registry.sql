-- The registry of sujetos obligados as staff see it, and the history of its changes.

-- What happened to the registry. Append-only and without liaisons. The newest `seq` is the version of the registry.
create table app.body_events (
  seq bigint generated always as identity primary key,
  at timestamptz not null default app.now(),
  actor_id uuid,             -- null: the owner, with `npm run import:bodies`
  kind text not null check (kind in ('imported', 'import_undone', 'added', 'changed', 'retired', 'restored', 'merged',
    'classes_changed', 'report_resolved')),
  subject_id uuid,           -- the body, the import or the report; null: the classes
  changes jsonb not null default '{}'
);
create index on app.body_events (subject_id, seq);
alter table app.body_events enable row level security;
comment on table app.body_events is
  'Personal data: who of the staff changed the registry. Readers: staff who edit the registry. Kept: for the life'
  ' of the project: acts of office, which the archive law keeps. Deleted by: nothing.';
create trigger body_events_are_append_only before update or delete on app.body_events
  for each row execute function app.refuse_rewriting();
create trigger body_events_are_kept before truncate on app.body_events
  for each statement execute function app.refuse_rewriting();

create function app.record_body_event(p_kind text, p_subject uuid, p_changes jsonb default '{}') returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.body_events (actor_id, kind, subject_id, changes) values (auth.uid(), p_kind, p_subject, p_changes);
end $$;

create function app.registry_version() returns bigint
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(max(e.seq), 0) from app.body_events e);
end $$;

-- One import that was written.
create table app.body_imports (
  id uuid primary key,
  at timestamptz not null default app.now(),
  actor_id uuid,
  added int not null,
  changed int not null,
  retired int not null,
  undone_at timestamptz
);
alter table app.body_imports enable row level security;
comment on table app.body_imports is
  'Personal data: who of the staff imported the registry. Readers: staff who edit the registry. Kept: for the life'
  ' of the project: acts of office, which the archive law keeps. Deleted by: nothing.';

-- What an import did to one body, as app.body_row describes it. `before` is null for an added one.
create table app.body_import_changes (
  import_id uuid not null references app.body_imports,
  body_id uuid not null,     -- no foreign key: undoing the import deletes the body
  before jsonb,
  after jsonb not null,
  primary key (import_id, body_id)
);
create index on app.body_import_changes (body_id);
alter table app.body_import_changes enable row level security;
comment on table app.body_import_changes is
  'Personal data: none. Readers: the server. Kept: for the life of the project. Deleted by: nothing.';

-- Admits administrators and coordinators of the whole institution, and one change at a time.
create function app.lock_registry() returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('app.sujetos_obligados', 0));
  if not app.has_role(app.editors(), null) then perform app.refuse('not_allowed', null, 403); end if;
end $$;

-- What an import can change of a body.
create function app.body_row(p_body app.sujetos_obligados) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return jsonb_build_object('name', p_body.name, 'acronym', p_body.acronym, 'class_key', p_body.class_key,
    'municipality', p_body.municipality, 'active', p_body.active, 'domains', to_jsonb(p_body.domains));
end $$;

-- Whether something refers to the body, so that it must stay.
create function app.is_body_used(p_id uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.registrations r where r.body_id = p_id)
    or exists (select from app.sujetos_obligados b where b.merged_into = p_id);
end $$;

-- A registration names its body, so its author's phone learns when the body has another name.
create trigger log_piece after update on app.registrations
  for each row when (old.body_id <> new.body_id) execute function app.log_submission_piece();
create function app.log_body_name() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.log_submission_change(r.submission_id)
  from app.registrations r where r.body_id = new.id;
  return null;
end $$;
create trigger log_name after update on app.sujetos_obligados
  for each row when (old.name <> new.name) execute function app.log_body_name();

-- Reading ------------------------------------------------------------------------------------------------

-- The bodies whose id begins so, with how many registrations each has.
create function app.staff_bodies(p_within text) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_first uuid := rpad(p_within, 32, '0')::uuid;
  v_last uuid := rpad(p_within, 32, 'f')::uuid;
begin
  return (select coalesce(jsonb_agg(app.body_row(b) || jsonb_build_object('id', b.id, 'version', b.version,
    'merged_into', b.merged_into, 'registrations', coalesce(u.count, 0)) order by b.name, b.class_key), '[]')
  from app.sujetos_obligados b left join (select r.body_id, count(*)::int as count from app.registrations r
    where r.body_id between v_first and v_last group by r.body_id) u on u.body_id = b.id
  where b.id between v_first and v_last);
end $$;

create function app.staff_classes() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('key', c.key, 'name', c.name, 'retired', c.retired,
    'bodies', (select count(*)::int from app.sujetos_obligados b where b.class_key = c.key),
    'groups', (select count(*)::int from app.group_classes g where g.class_key = c.key)) order by c.position), '[]')
  from app.body_classes c);
end $$;

-- The newest import that can still be undone.
create function app.last_import() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', i.id, 'at', i.at, 'by', app.staff_name(i.actor_id), 'added', i.added,
    'changed', i.changed, 'retired', i.retired, 'undo_until', i.at + interval '24 hours')
  from app.body_imports i where i.undone_at is null and i.at > app.now() - interval '24 hours'
  order by i.at desc, i.id limit 1);
end $$;

-- The registry for who reads submissions, without liaisons. p_within and `parts` are those of public.list_bodies: with '' the
-- answer is whole up to 2,000 bodies and names its parts where there are more; a part has `version` and `items` alone.
-- Without p_within the answer is whole, for apps that know no parts.
create function public.list_registry(p_within text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_parts text[] := case when p_within = '' then app.registry_parts((select count(*) from app.sujetos_obligados)) else '{}' end;
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  if p_within !~ '^[0-9a-f]{0,2}$' then perform app.refuse('malformed_op', 'within', 400); end if;
  return jsonb_build_object('version', app.registry_version(),
      'items', case when v_parts = '{}' then app.staff_bodies(coalesce(p_within, '')) else '[]' end)
    || case when p_within <> '' then '{}' else jsonb_build_object('can_edit', app.has_role(app.editors(), null),
      'classes', app.staff_classes(), 'municipalities', (select jsonb_agg(jsonb_build_object('cve', m.cve, 'name', m.name)
        order by m.name) from app.municipalities m),
      'last_import', app.last_import(), 'reports', app.open_reports()) end
    || case when v_parts = '{}' then '{}' else jsonb_build_object('parts', v_parts) end;
end $$;
grant execute on function public.list_registry(text) to authenticated;

-- The events of a body and the imports that changed it, newest first.
create function app.body_history(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'by', app.staff_name(h.actor_id), 'kind', h.kind)
    order by h.at desc, h.kind), '[]')
  from (
    select e.at, e.actor_id, e.kind from app.body_events e where e.subject_id = p_id
    union all
    select i.at, i.actor_id, 'imported' from app.body_import_changes c join app.body_imports i on i.id = c.import_id
    where c.body_id = p_id
  ) h);
end $$;

-- One body with its liaison and its history.
create function public.registry_body(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_body app.sujetos_obligados;
begin
  if not app.has_role_somewhere(app.readers()) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_body from app.sujetos_obligados b where b.id = p_id;
  if not found then perform app.refuse('body_unknown', null, 404); end if;
  return app.body_row(v_body) || jsonb_build_object('id', v_body.id, 'version', v_body.version,
    'merged_into', v_body.merged_into,
    'registrations', (select count(*)::int from app.registrations r where r.body_id = p_id),
    'liaison', (select jsonb_build_object('name', l.name, 'post', l.post, 'email', l.email, 'phone', l.phone)
      from app.body_liaisons l where l.body_id = p_id),
    'history', app.body_history(p_id));
end $$;
grant execute on function public.registry_body(uuid) to authenticated;
