-- Staff sign in through Supabase Auth. Their rights are rows of this table, read at every call and never
-- taken from the token: a revoked right ends at once.

create table app.staff (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null,     -- auth.users. No foreign key: the history keeps the names of people who left.
  role text not null check (role in ('moderator', 'coordinator', 'door', 'auditor', 'juror', 'admin')),
  convocatoria_id uuid references app.convocatorias on delete cascade,   -- null: all of them
  jornada_id uuid check (jornada_id is null or role = 'door'),           -- the only jornada of a volunteer; null: all of them
  active boolean not null default true,
  name text not null check (app.visible_length(name) between 1 and 120),
  unique nulls not distinct (user_id, role, convocatoria_id, jornada_id)
);
alter table app.staff enable row level security;
comment on table app.staff is
  'Personal data: name and roles of a member. Readers: administrators; the name, staff of the same campaigns. Kept:'
  ' for the life of the project: acts of office, which the archive law keeps, name people who left. Deleted by: nothing.';

-- The caller, if this session may use the roles of its member: null for somebody without a role. Refuses (401) a member
-- whose session has ended, and one who still owes the second factor. Every question for a role goes through it.
create function app.admitted_user() returns uuid
language plpgsql stable set search_path = '' as $$
declare
  v_user uuid := auth.uid();
  v_problem text;
begin
  if v_user is null or not exists (select from app.staff s where s.user_id = v_user and s.active) then return null; end if;
  v_problem := app.session_problem(v_user);
  if v_problem is not null then perform app.refuse(v_problem, null, 401); end if;
  return v_user;
end $$;

-- Whether the caller holds one of these roles for this convocatoria. A role for one jornada counts only when
-- the question names that jornada.
create function app.has_role(p_roles text[], p_convocatoria uuid, p_jornada uuid default null) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.staff s
    where s.user_id = (select app.admitted_user()) and s.active and s.role = any (p_roles)
      and (s.convocatoria_id is null or s.convocatoria_id = p_convocatoria)
      and (s.jornada_id is null or s.jornada_id = p_jornada));
end $$;

-- Whether the caller holds one of these roles anywhere.
create function app.has_role_somewhere(p_roles text[]) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from app.staff s
    where s.user_id = (select app.admitted_user()) and s.active and s.role = any (p_roles));
end $$;

-- The roles that read submissions, and the roles that decide on them.
create function app.readers() returns text[]
language sql immutable parallel safe as $$ select array['moderator', 'coordinator', 'auditor', 'admin'] $$;
create function app.deciders() returns text[]
language sql immutable parallel safe as $$ select array['moderator', 'coordinator'] $$;

-- The roles that amend a decision of anybody: take back a publication, reopen what was decided.
create function app.amenders() returns text[]
language sql immutable parallel safe as $$ select array['coordinator', 'admin'] $$;

create function app.staff_name(p_user uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select s.name from app.staff s where s.user_id = p_user order by s.active desc, s.id limit 1);
end $$;

-- Gives a role to an existing user of Supabase Auth. No API role may call it: the project's owner runs it in
-- the SQL editor. A second run updates the name and reactivates the role.
create function app.grant_staff(p_email text, p_role text, p_name text, p_convocatoria uuid default null,
  p_jornada uuid default null) returns uuid
language plpgsql volatile set search_path = '' as $$
declare
  v_user uuid;
  v_id uuid;
begin
  select u.id into v_user from auth.users u where u.email = app.canonical_email(p_email);
  if not found then
    raise exception 'No user has that address: create it first under Authentication, Users.';
  end if;
  insert into app.staff (user_id, role, name, convocatoria_id, jornada_id)
  values (v_user, p_role, p_name, p_convocatoria, p_jornada)
  on conflict (user_id, role, convocatoria_id, jornada_id) do update set name = excluded.name, active = true
  returning id into v_id;
  return v_id;
end $$;

-- The caller's name and active roles. A caller without a role gets an empty list. `needs_setup`: nobody has said yet
-- whose project this is, and the caller may. Notes that the session is in use.
create function public.staff_me() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform app.note_session(app.admitted_user());
  return jsonb_build_object(
    'user_id', auth.uid(),
    'name', coalesce(app.staff_name(auth.uid()), ''),
    'needs_setup', app.has_role(array['admin'], null) and not exists (select from app.institution),
    'roles', coalesce((select jsonb_agg(jsonb_build_object('role', s.role, 'convocatoria_id', s.convocatoria_id,
      'jornada_id', s.jornada_id) order by s.role, s.convocatoria_id, s.jornada_id) from app.staff s where s.user_id = auth.uid() and s.active), '[]'));
end $$;
grant execute on function public.staff_me() to authenticated;
