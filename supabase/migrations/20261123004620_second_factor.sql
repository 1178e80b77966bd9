-- The second factor of a member: Supabase Auth keeps it, and the gate (`app.session_problem`) asks for it. Here is what
-- Supabase Auth lacks: recovery codes, and an administrator who resets the factor of somebody who lost everything.

-- Single-use codes. Only their hashes are kept; 75 random bits need no slow hash and no count of wrong attempts.
create table app.recovery_codes (
  user_id uuid not null,
  hash text not null,
  used_at timestamptz,
  primary key (user_id, hash)
);
alter table app.recovery_codes enable row level security;
comment on table app.recovery_codes is
  'Personal data: hashes of a member''s recovery codes. Readers: the server. Kept: until the member makes new ones, or'
  ' turns the second factor off. Deleted by: app.forget_codes.';

create function app.forget_codes(p_user uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  delete from app.recovery_codes c where c.user_id = p_user;
end $$;

-- A code as it is hashed: as it was made, however it was typed. Crockford's alphabet has no i, l or o.
create function app.code_hash(p_user uuid, p_code text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return app.sha256_hex(p_user || ':' || translate(regexp_replace(lower(coalesce(p_code, '')), '[^a-z0-9]', '', 'g'), 'ilo', '110'));
end $$;

create function app.new_recovery_code() returns text
language plpgsql volatile set search_path = '' as $$
begin
  return (select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(r.bytes, i) & 31) + 1, 1)
    || case when i in (4, 9) then '-' else '' end, '' order by i)
  from (select extensions.gen_random_bytes(15) as bytes) r, generate_series(0, 14) i);
end $$;

-- Records an act on a member's account, in the name of one of their roles.
create function app.record_account_event(p_user uuid, p_kind text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.staff_events (actor_id, kind, subject_id, name, role, convocatoria_id)
  select auth.uid(), p_kind, s.id, s.name, s.role, s.convocatoria_id from app.staff s where s.user_id = p_user
  order by s.active desc, s.id limit 1;
end $$;

create function app.mail_account(p_user uuid, p_subject text, p_body text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.queue_mail(u.email, p_subject, p_body, app.now(), p_class => 'asked') from auth.users u where u.id = p_user;
end $$;

-- Removes a member's second factor. Every session loses it at once.
create function app.remove_factor(p_user uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  delete from auth.mfa_factors f where f.user_id = p_user;
  delete from app.seen_factors k where k.user_id = p_user;   -- the act is an event of its own
  update auth.sessions s set aal = 'aal1', factor_id = null where s.user_id = p_user;
end $$;

-- The caller, if the session is alive, whatever factor it carries. Refuses everybody else.
create function app.session_user_id() returns uuid
language plpgsql stable set search_path = '' as $$
begin
  if not app.is_live_session(auth.uid()) then perform app.refuse('session_ended', null, 401); end if;
  return auth.uid();
end $$;

-- What the caller's session lacks. `step`: `ready`, or the second factor to `verify` or to `enrol`. `codes_left` counts
-- unused recovery codes.
create function public.my_session() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_user uuid := app.session_user_id();
begin
  return jsonb_build_object('step', case when app.session_problem(v_user) is null then 'ready'
      when app.has_factor(v_user) then 'verify' else 'enrol' end,
    'has_factor', app.has_factor(v_user),
    'is_required', coalesce((select i.require_aal2 from app.institution i), false),
    'codes_left', (select count(*)::int from app.recovery_codes c where c.user_id = v_user and c.used_at is null));
end $$;
grant execute on function public.my_session() to authenticated;

-- Ten new recovery codes, which replace the former ones. Only this answer shows them. The session needs its second factor.
create function public.make_recovery_codes() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := app.session_user_id();
  v_codes text[];
begin
  if not app.has_aal2(v_user) then perform app.refuse('second_factor_needed', null, 401); end if;
  v_codes := array(select app.new_recovery_code() from generate_series(1, 10));
  perform app.forget_codes(v_user);
  insert into app.recovery_codes (user_id, hash) select v_user, app.code_hash(v_user, c) from unnest(v_codes) c;
  perform app.record_account_event(v_user, 'recovery_codes_made');
  return jsonb_build_object('codes', to_jsonb(v_codes));
end $$;
grant execute on function public.make_recovery_codes() to authenticated;

-- Takes a code in place of the second factor: it removes the lost factor and ends the member's other sessions, and the
-- member enrols anew. A wrong code answers `accepted: false`.
create function public.use_recovery_code(p_code text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := app.session_user_id();
begin
  update app.recovery_codes c set used_at = app.now()
  where c.user_id = v_user and c.hash = app.code_hash(v_user, p_code) and c.used_at is null;
  if not found then return '{"accepted": false}'; end if;
  perform app.remove_factor(v_user);
  perform app.end_sessions(v_user, app.session_id());
  perform app.record_account_event(v_user, 'recovery_code_used');
  perform app.mail_account(v_user, 'Entraron con un código de recuperación',
    E'Alguien entró a tu cuenta del equipo con uno de tus códigos de recuperación. El segundo paso que tenías ya no sirve '
    || E'y las otras sesiones terminaron.\n\nSi fuiste tú, activa de nuevo el segundo paso en «Tu cuenta». Si no fuiste tú, '
    || 'cambia tu contraseña y avisa a quien administra el equipo.');
  return '{"accepted": true}';
end $$;
grant execute on function public.use_recovery_code(text) to authenticated;

-- Turns the caller's second factor off, unless the institution demands one. The session needs it.
create function public.remove_second_factor() returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_user uuid := app.session_user_id();
begin
  if not app.has_aal2(v_user) then perform app.refuse('second_factor_needed', null, 401); end if;
  if (select i.require_aal2 from app.institution i) then perform app.refuse('factor_required', null, 409); end if;
  perform app.remove_factor(v_user);
  perform app.forget_codes(v_user);
  perform app.record_account_event(v_user, 'factor_removed');
  return '{"removed": true}';
end $$;
grant execute on function public.remove_second_factor() to authenticated;

-- Removes the second factor of another member who lost it, with its codes, and ends their sessions. They learn of it by
-- letter and enrol anew at their next sign-in, if the institution demands it.
create function public.reset_second_factor(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_staff app.staff;
begin
  perform app.lock_people();
  select * into v_staff from app.staff s where s.id = p_id;
  if not found then perform app.refuse('staff_unknown', null, 404); end if;
  if v_staff.user_id = auth.uid() then perform app.refuse('own_factor', null, 409); end if;
  perform app.remove_factor(v_staff.user_id);
  perform app.forget_codes(v_staff.user_id);
  perform app.end_sessions(v_staff.user_id);
  perform app.record_account_event(v_staff.user_id, 'factor_reset');
  perform app.mail_account(v_staff.user_id, 'Quitaron el segundo paso de tu cuenta', format(
    E'%s quitó el segundo paso para entrar a tu cuenta del equipo, y tus sesiones terminaron.\n\nEntra con tu contraseña y '
    || 'activa de nuevo el segundo paso. Si no lo pediste, avisa a quien administra el equipo.', app.staff_name(auth.uid())));
  return app.staff_member(v_staff);
end $$;
grant execute on function public.reset_second_factor(uuid) to authenticated;
