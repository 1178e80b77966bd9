-- Who works here, managed without SQL: administrators switch roles off and on. Nobody changes their own rights,
-- and the last administrator stays.

-- Every change of rights. Append-only and without addresses.
create table app.staff_events (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity unique,
  at timestamptz not null default app.now(),
  actor_id uuid,             -- null: the owner in SQL, or the service that accepts an invitation
  kind text not null check (kind in ('invited', 'invitation_cancelled', 'invitation_accepted', 'granted',
    'activated', 'deactivated', 'recovery_codes_made', 'recovery_code_used', 'factor_removed', 'factor_reset')),
  subject_id uuid not null,  -- the row of app.staff or of app.staff_invitations
  name text not null,
  role text not null,
  convocatoria_id uuid
);
create index on app.staff_events (subject_id, seq);
alter table app.staff_events enable row level security;
comment on table app.staff_events is
  'Personal data: who of the staff was given or lost which role. Readers: administrators. Kept: for the life of the'
  ' project: acts of office, which the archive law keeps. Deleted by: nothing.';
create trigger staff_events_are_append_only before update or delete on app.staff_events
  for each row execute function app.refuse_rewriting();
create trigger staff_events_are_kept before truncate on app.staff_events
  for each statement execute function app.refuse_rewriting();

create function app.record_staff_event() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.staff_events (actor_id, kind, subject_id, name, role, convocatoria_id)
  values (auth.uid(), tg_argv[0], new.id, new.name, new.role, new.convocatoria_id);
  return null;
end $$;
create trigger record_granted after insert on app.staff
  for each row execute function app.record_staff_event('granted');
create trigger record_activated after update on app.staff
  for each row when (new.active and not old.active) execute function app.record_staff_event('activated');
create trigger record_deactivated after update on app.staff
  for each row when (old.active and not new.active) execute function app.record_staff_event('deactivated');

-- Admits only administrators of the whole institution, and one change of rights at a time: each change sees the
-- result of the one before.
create function app.lock_people() returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('app.staff', 0));
  if not app.has_role(array['admin'], null) then perform app.refuse('not_allowed', null, 403); end if;
end $$;

-- Whether anybody administers the whole institution.
create function app.has_admin() returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.staff s where s.role = 'admin' and s.active and s.convocatoria_id is null);
end $$;

-- A secret for a link: 192 bits.
create function app.new_token() returns text
language plpgsql volatile set search_path = '' as $$
begin
  return translate(encode(extensions.gen_random_bytes(24), 'base64'), '+/', '-_');
end $$;

-- Supabase Auth keeps addresses in lower case, each once.
create function app.user_by_email(p_email text) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return (select u.id from auth.users u where u.email = app.canonical_email(p_email) and not u.is_sso_user);
end $$;

create function app.staff_member(p_staff app.staff) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_staff.id, 'name', p_staff.name, 'role', p_staff.role, 'active', p_staff.active,
    'email', (select u.email from auth.users u where u.id = p_staff.user_id),
    'convocatoria_id', p_staff.convocatoria_id,
    'convocatoria_title', (select c.title from app.convocatorias c where c.id = p_staff.convocatoria_id),
    'has_factor', app.has_factor(p_staff.user_id), 'is_me', p_staff.user_id = (select auth.uid()));
end $$;

-- Who works here and who is invited. A coordinator of one convocatoria reads only its people.
create function public.list_staff() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not app.has_role_somewhere(array['admin', 'coordinator']) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  return jsonb_build_object('can_manage', app.has_role(array['admin'], null),
    'members', coalesce((select jsonb_agg(app.staff_member(s) order by s.active desc, lower(s.name), s.role, s.id)
      from app.staff s where app.has_role(array['admin', 'coordinator'], s.convocatoria_id)), '[]'),
    'invitations', app.pending_invitations());
end $$;
grant execute on function public.list_staff() to authenticated;

-- Ends what a member without any active role could still use: sessions, and the pending invitations that the member sent
-- or got. Does nothing for a member who keeps a role.
create function app.shut_out(p_user uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select from app.staff s where s.user_id = p_user and s.active) then return; end if;
  perform app.end_sessions(p_user);
  update app.staff_invitations i set cancelled_at = app.now()
  where i.accepted_at is null and i.cancelled_at is null
    and (i.invited_by = p_user or i.email = (select u.email from auth.users u where u.id = p_user));
end $$;

-- Switches a role off or on. Refuses the caller's own roles and the last administrator.
create function public.set_staff_active(p_id uuid, p_active boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_staff app.staff;
begin
  perform app.lock_people();
  select * into v_staff from app.staff s where s.id = p_id for update;
  if not found then perform app.refuse('staff_unknown', null, 404); end if;
  if v_staff.role = 'admin' and v_staff.active and not p_active and not exists (select from app.staff s
    where s.role = 'admin' and s.active and s.convocatoria_id is null and s.user_id <> v_staff.user_id) then
    perform app.refuse('last_admin', null, 409);
  end if;
  if v_staff.user_id = auth.uid() then perform app.refuse('own_role', null, 409); end if;
  update app.staff s set active = p_active where s.id = p_id returning * into v_staff;
  if not p_active then perform app.shut_out(v_staff.user_id); end if;
  return app.staff_member(v_staff);
end $$;
grant execute on function public.set_staff_active(uuid, boolean) to authenticated;
