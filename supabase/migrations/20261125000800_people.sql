-- Who works here, without SQL: an administrator invites by e-mail, the invited person accepts, and a role is
-- switched off and on again. Nobody changes their own rights, and the last administrator stays.

-- Every change of rights, by whomever: append-only, without addresses.
create table app.staff_events (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity unique,
  at timestamptz not null default app.now(),
  actor_id uuid,             -- null: the project's owner, or the service when an invitation is accepted
  kind text not null check (kind in ('invited', 'invitation_cancelled', 'invitation_accepted', 'granted',
    'activated', 'deactivated')),
  subject_id uuid not null,  -- the row of app.staff or of app.staff_invitations
  name text not null,
  role text not null,
  convocatoria_id uuid
);
create index on app.staff_events (subject_id, seq);
alter table app.staff_events enable row level security;
create trigger staff_events_are_append_only before update or delete on app.staff_events
  for each row execute function app.refuse_rewriting();
create trigger staff_events_are_kept before truncate on app.staff_events
  for each statement execute function app.refuse_rewriting();

-- An invitation is pending until it is accepted, cancelled or seven days old. Its token is in one letter only.
create table app.staff_invitations (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  email text not null check (char_length(email) <= 254),
  name text not null check (app.visible_length(name) between 1 and 120),
  role text not null check (role in ('moderator', 'coordinator', 'door', 'auditor', 'admin')),
  convocatoria_id uuid references app.convocatorias on delete cascade,
  jornada_id uuid,
  invited_by uuid not null,
  invited_at timestamptz not null default app.now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid check ((accepted_by is null) = (accepted_at is null)),
  cancelled_at timestamptz
);
create index on app.staff_invitations (lower(email));
create index on app.staff_invitations (convocatoria_id);
alter table app.staff_invitations enable row level security;

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
create trigger record_invited after insert on app.staff_invitations
  for each row execute function app.record_staff_event('invited');
create trigger record_cancelled after update on app.staff_invitations for each row
  when (old.cancelled_at is null and new.cancelled_at is not null)
  execute function app.record_staff_event('invitation_cancelled');
create trigger record_accepted after update on app.staff_invitations for each row
  when (old.accepted_at is null and new.accepted_at is not null)
  execute function app.record_staff_event('invitation_accepted');

-- Administrators are those of the whole institution. One change of rights at a time: what the last one did
-- is seen before the next one is judged.
create function app.lock_people() returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('app.staff', 0));
  if not app.has_role(array['admin'], null) then perform app.refuse('not_allowed', null, 403); end if;
end $$;

create function app.user_by_email(p_email text) returns uuid
language sql stable set search_path = '' as $$
  select u.id from auth.users u where lower(u.email) = lower(p_email) limit 1
$$;

-- Reading ------------------------------------------------------------------------------------------------

create function app.staff_member(p_staff app.staff) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_build_object('id', p_staff.id, 'name', p_staff.name, 'role', p_staff.role, 'active', p_staff.active,
    'email', (select u.email from auth.users u where u.id = p_staff.user_id),
    'convocatoria_id', p_staff.convocatoria_id,
    'convocatoria_title', (select c.title from app.convocatorias c where c.id = p_staff.convocatoria_id),
    'is_me', p_staff.user_id = (select auth.uid()))
$$;

create function app.pending_invitations() returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name, 'email', i.email, 'role', i.role,
    'convocatoria_id', i.convocatoria_id, 'convocatoria_title', c.title, 'invited_at', i.invited_at,
    'expires_at', i.expires_at, 'expired', i.expires_at <= app.now()) order by i.invited_at desc, i.id), '[]')
  from app.staff_invitations i left join app.convocatorias c on c.id = i.convocatoria_id
  where i.accepted_at is null and i.cancelled_at is null
    and app.has_role(array['admin', 'coordinator'], i.convocatoria_id)
$$;

-- Who works here, and who was invited. A coordinator of one convocatoria reads only its people.
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

-- Changing -----------------------------------------------------------------------------------------------

-- Switches a role off or on. Never one's own, never the last administrator's.
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
  return app.staff_member(v_staff);
end $$;
grant execute on function public.set_staff_active(uuid, boolean) to authenticated;

-- Whether the role may be given there. A jornada is the limit of a door volunteer alone.
create function app.check_role(p_role text, p_convocatoria uuid, p_jornada uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_role is null or p_role not in ('moderator', 'coordinator', 'door', 'auditor', 'admin') then
    perform app.refuse('role_unknown', 'role');
  end if;
  if (p_role = 'admin' and p_convocatoria is not null) or (p_jornada is not null and p_role <> 'door') then
    perform app.refuse('role_scope_invalid', 'convocatoria');
  end if;
  if p_convocatoria is not null and not exists (select from app.convocatorias c where c.id = p_convocatoria) then
    perform app.refuse('convocatoria_unknown', 'convocatoria', 404);
  end if;
end $$;

-- The name of a member of staff, trimmed: 120 characters, in one line.
create function app.check_staff_name(p_name text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.visible_length(coalesce(p_name, '')) = 0 then perform app.refuse('name_required', 'name'); end if;
  if app.has_control(p_name) or p_name ~ '[\r\n\t]' then perform app.refuse('name_invalid', 'name'); end if;
  if char_length(app.trimmed(p_name)) > 120 then perform app.refuse('name_too_long', 'name'); end if;
  return app.trimmed(p_name);
end $$;

-- The address of the app from which the asking request came, as the browser tells it; '' when none did.
create function app.request_origin() returns text
language sql stable set search_path = '' as $$
  select coalesce(substring(app.jsonb_or_null(nullif(current_setting('request.headers', true), '')) ->> 'origin'
    from '^https?://[A-Za-z0-9.:-]+$'), '')
$$;

-- The only letter with a secret in it: whoever reads that mailbox is who was invited.
create function app.mail_invitation(p_invitation app.staff_invitations, p_token text) returns void
language sql volatile set search_path = '' as $$
  select app.queue_mail(p_invitation.email, 'Invitación al equipo', format(
    E'%s: %s te invita a formar parte de su equipo.\n\nAbre este enlace para aceptar:\n%s/equipo/invitacion#%s\n\n'
    || 'Vale hasta el %s y sirve una sola vez. No lo reenvíes. Si no esperabas esta invitación, no hagas nada.',
    p_invitation.name, (select i.name from app.institution i), app.request_origin(), p_token,
    app.spanish_instant(p_invitation.expires_at)), app.now())
$$;

-- Invites somebody. A pending invitation of the same address to the same role is replaced by this one.
create function public.invite_staff(p_email text, p_name text, p_role text, p_convocatoria uuid default null,
  p_jornada uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_email text := app.trimmed(coalesce(p_email, ''));
  v_token text := translate(encode(extensions.gen_random_bytes(24), 'base64'), '+/', '-_');
  v_user uuid := app.user_by_email(v_email);
  v_invitation app.staff_invitations;
begin
  perform app.lock_people();
  perform app.check_email(v_email);
  perform app.check_staff_name(p_name);
  perform app.check_role(p_role, p_convocatoria, p_jornada);
  if v_user = auth.uid() then perform app.refuse('own_role', 'email', 409); end if;
  if exists (select from app.staff s where s.user_id = v_user and s.role = p_role and s.active
    and s.convocatoria_id is not distinct from p_convocatoria) then
    perform app.refuse('already_staff', 'email', 409);
  end if;
  update app.staff_invitations i set cancelled_at = app.now()
  where lower(i.email) = lower(v_email) and i.role = p_role and i.convocatoria_id is not distinct from p_convocatoria
    and i.accepted_at is null and i.cancelled_at is null;
  insert into app.staff_invitations (token_hash, email, name, role, convocatoria_id, jornada_id, invited_by, expires_at)
  values (app.sha256_hex(v_token), v_email, app.trimmed(p_name), p_role, p_convocatoria, p_jornada, auth.uid(),
    app.now() + interval '7 days') returning * into v_invitation;
  perform app.mail_invitation(v_invitation, v_token);
  return jsonb_build_object('id', v_invitation.id, 'expires_at', v_invitation.expires_at);
end $$;
grant execute on function public.invite_staff(text, text, text, uuid, uuid) to authenticated;

create function public.cancel_invitation(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform app.lock_people();
  update app.staff_invitations i set cancelled_at = coalesce(i.cancelled_at, app.now())
  where i.id = p_id and i.accepted_at is null;
  if not found then perform app.refuse('invitation_unknown', null, 404); end if;
  return jsonb_build_object('id', p_id);
end $$;
grant execute on function public.cancel_invitation(uuid) to authenticated;

-- Accepting ----------------------------------------------------------------------------------------------

-- The invitation that a token opens. Unknown and cancelled are told apart by nobody.
create function app.find_invitation(p_token text) returns app.staff_invitations
language plpgsql stable set search_path = '' as $$
declare
  v_invitation app.staff_invitations;
begin
  select * into v_invitation from app.staff_invitations i
  where i.token_hash = app.sha256_hex(p_token) and i.cancelled_at is null;
  if not found then perform app.refuse('invitation_unknown', null, 404); end if;
  if v_invitation.accepted_at is null and v_invitation.expires_at <= app.now() then
    perform app.refuse('invitation_expired', null, 409);
  end if;
  return v_invitation;
end $$;

-- What the invited person sees before accepting. `has_account`: they sign in instead of choosing a password.
create function public.open_invitation(p_token text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_invitation app.staff_invitations := app.find_invitation(p_token);
begin
  return jsonb_build_object('email', v_invitation.email, 'name', v_invitation.name, 'role', v_invitation.role,
    'convocatoria_title', (select c.title from app.convocatorias c where c.id = v_invitation.convocatoria_id),
    'expires_at', v_invitation.expires_at, 'accepted', v_invitation.accepted_at is not null,
    'has_account', app.user_by_email(v_invitation.email) is not null);
end $$;
grant execute on function public.open_invitation(text) to anon, authenticated, service_role;

-- Turns the invitation into a role of this user. The same user may come again: an answer can be lost.
create function app.redeem(p_token text, p_user uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_invitation app.staff_invitations;
begin
  perform pg_advisory_xact_lock(hashtextextended('app.staff', 0));
  v_invitation := app.find_invitation(p_token);
  if app.user_by_email(v_invitation.email) is distinct from p_user then
    perform app.refuse('invitation_of_other', null, 403);
  end if;
  if v_invitation.accepted_at is null then
    insert into app.staff (user_id, role, name, convocatoria_id, jornada_id)
    values (p_user, v_invitation.role, v_invitation.name, v_invitation.convocatoria_id, v_invitation.jornada_id)
    on conflict (user_id, role, convocatoria_id, jornada_id) do update set name = excluded.name, active = true;
    update app.staff_invitations i set accepted_at = app.now(), accepted_by = p_user where i.id = v_invitation.id;
  end if;
  return jsonb_build_object('role', v_invitation.role);
end $$;

-- For who has an account with the invited address and signed in.
create function public.accept_invitation(p_token text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  return app.redeem(p_token, auth.uid());
end $$;
grant execute on function public.accept_invitation(text) to authenticated;

-- For the function accept-invitation, which has just made the user in Supabase Auth.
create function public.redeem_invitation(p_token text, p_user uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  return app.redeem(p_token, p_user);
end $$;
grant execute on function public.redeem_invitation(text, uuid) to service_role;
