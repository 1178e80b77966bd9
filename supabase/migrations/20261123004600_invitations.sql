-- An administrator invites by e-mail, and the invited person accepts.

-- An invitation is pending until it is accepted, cancelled or seven days old. Its token exists only in its letter.
create table app.staff_invitations (
  id uuid primary key default gen_random_uuid(),
  token_hash text not null unique,
  email text not null check (email = app.canonical_email(email)),
  name text not null check (app.visible_length(name) between 1 and 120),
  role text not null check (role in ('moderator', 'coordinator', 'door', 'auditor', 'juror', 'admin')),
  convocatoria_id uuid references app.convocatorias on delete cascade,
  jornada_id uuid,
  invited_by uuid,           -- null: the owner of the project invites the first administrator
  invited_at timestamptz not null default app.now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid check ((accepted_by is null) = (accepted_at is null)),
  cancelled_at timestamptz
);
create index on app.staff_invitations (email);
create index on app.staff_invitations (convocatoria_id);
alter table app.staff_invitations enable row level security;
comment on table app.staff_invitations is
  'Personal data: name and address of somebody who was invited. Readers: administrators. Kept: 30 days after'
  ' it was accepted, cancelled or expired. Deleted by: app.forget_invitations.';

create trigger record_invited after insert on app.staff_invitations
  for each row execute function app.record_staff_event('invited');
create trigger record_cancelled after update on app.staff_invitations for each row
  when (old.cancelled_at is null and new.cancelled_at is not null)
  execute function app.record_staff_event('invitation_cancelled');
create trigger record_accepted after update on app.staff_invitations for each row
  when (old.accepted_at is null and new.accepted_at is not null)
  execute function app.record_staff_event('invitation_accepted');

create function app.pending_invitations() returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'name', i.name, 'email', i.email, 'role', i.role,
    'convocatoria_id', i.convocatoria_id, 'convocatoria_title', c.title, 'invited_at', i.invited_at,
    'expires_at', i.expires_at, 'expired', i.expires_at <= app.now()) order by i.invited_at desc, i.id), '[]')
  from app.staff_invitations i left join app.convocatorias c on c.id = i.convocatoria_id
  where i.accepted_at is null and i.cancelled_at is null
    and app.has_role(array['admin', 'coordinator'], i.convocatoria_id));
end $$;

-- Inviting -----------------------------------------------------------------------------------------------

-- Whether the role may have this scope. Only a door volunteer can be limited to a jornada.
create function app.check_role(p_role text, p_convocatoria uuid, p_jornada uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if p_role is null or p_role not in ('moderator', 'coordinator', 'door', 'auditor', 'juror', 'admin') then
    perform app.refuse('role_unknown', 'role');
  end if;
  if (p_role = 'admin' and p_convocatoria is not null) or (p_jornada is not null and p_role <> 'door') then
    perform app.refuse('role_scope_invalid', 'convocatoria');
  end if;
  if p_convocatoria is not null and not exists (select from app.convocatorias c where c.id = p_convocatoria) then
    perform app.refuse('convocatoria_unknown', 'convocatoria', 404);
  end if;
end $$;

-- The name of a member of staff on one line, at most 120 code points.
create function app.check_staff_name(p_name text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.visible_length(coalesce(p_name, '')) = 0 then perform app.refuse('name_required', 'name'); end if;
  if char_length(app.tidied(p_name)) > 120 then perform app.refuse('name_too_long', 'name'); end if;
  return app.tidied(p_name);
end $$;

-- The only letter with a secret: reading the invited mailbox proves who accepts.
create function app.mail_invitation(p_invitation app.staff_invitations, p_token text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.queue_mail(p_invitation.email, 'Invitación al equipo', format(
    E'%s: %s te invita a formar parte de su equipo.\n\nAbre este enlace para aceptar:\n{{app}}/equipo/invitacion#%s\n\n'
    || 'Vale hasta el %s y sirve una sola vez. No lo reenvíes. Si no esperabas esta invitación, no hagas nada.',
    p_invitation.name, (select i.name from app.institution i), p_token,
    app.spanish_instant(p_invitation.expires_at)), app.now(), p_class => 'asked');
end $$;

-- Invites a person. Replaces a pending invitation of the same address to the same role.
create function public.invite_staff(p_email text, p_name text, p_role text, p_convocatoria uuid default null,
  p_jornada uuid default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_email text := app.canonical_email(p_email);
  v_token text := app.new_token();
  v_user uuid := app.user_by_email(v_email);
  v_invitation app.staff_invitations;
begin
  perform app.lock_people();
  perform app.check_email(coalesce(p_email, ''));
  perform app.check_staff_name(p_name);
  perform app.check_role(p_role, p_convocatoria, p_jornada);
  if v_user = auth.uid() then perform app.refuse('own_role', 'email', 409); end if;
  if exists (select from app.staff s where s.user_id = v_user and s.role = p_role and s.active
    and s.convocatoria_id is not distinct from p_convocatoria) then
    perform app.refuse('already_staff', 'email', 409);
  end if;
  update app.staff_invitations i set cancelled_at = app.now()
  where i.email = v_email and i.role = p_role and i.convocatoria_id is not distinct from p_convocatoria
    and i.accepted_at is null and i.cancelled_at is null;
  insert into app.staff_invitations (token_hash, email, name, role, convocatoria_id, jornada_id, invited_by, expires_at)
  values (app.sha256_hex(v_token), v_email, app.tidied(p_name), p_role, p_convocatoria, p_jornada, auth.uid(),
    app.now() + interval '7 days') returning * into v_invitation;
  perform app.mail_invitation(v_invitation, v_token);
  return jsonb_build_object('id', v_invitation.id, 'expires_at', v_invitation.expires_at);
end $$;
grant execute on function public.invite_staff(text, text, text, uuid, uuid) to authenticated;

-- Cancels a pending invitation. A repeated call changes nothing.
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

-- The invitation that a token opens. An unknown and a cancelled one answer alike.
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

-- Turns an invitation into a role of this user. The same user may repeat the call, because an answer can be lost.
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
  if v_invitation.accepted_at is null and v_invitation.invited_by is null and app.has_admin() then
    perform app.refuse('admin_exists', null, 409);
  end if;
  if v_invitation.accepted_at is null then
    insert into app.staff (user_id, role, name, convocatoria_id, jornada_id)
    values (p_user, v_invitation.role, v_invitation.name, v_invitation.convocatoria_id, v_invitation.jornada_id)
    on conflict (user_id, role, convocatoria_id, jornada_id) do update set name = excluded.name, active = true;
    update app.staff_invitations i set accepted_at = app.now(), accepted_by = p_user where i.id = v_invitation.id;
    perform app.confirm_address(app.address_key(v_invitation.email));   -- whoever has the token read the mailbox
  end if;
  return jsonb_build_object('role', v_invitation.role);
end $$;

-- For a signed-in user whose account has the invited address.
create function public.accept_invitation(p_token text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform app.find_invitation(p_token);
  if not app.is_live_session(auth.uid()) then perform app.refuse('session_ended', null, 401); end if;
  return app.redeem(p_token, auth.uid());
end $$;
grant execute on function public.accept_invitation(text) to authenticated;

-- For the Edge Function accept-invitation, which has just created the user in Supabase Auth.
create function public.redeem_invitation(p_token text, p_user uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  return app.redeem(p_token, p_user);
end $$;
grant execute on function public.redeem_invitation(text, uuid) to service_role;
