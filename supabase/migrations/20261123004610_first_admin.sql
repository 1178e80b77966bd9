-- The first administrator of an empty project: whoever holds the project's service key invites one person. Nobody
-- becomes administrator by coming first.

-- Invites the first administrator with a link that works once, within 24 hours. A later call ends the link of an
-- earlier one. Refuses where an administrator exists: that person invites the others.
create function public.invite_first_admin(p_email text, p_name text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_email text := app.canonical_email(p_email);
  v_token text := app.new_token();
  v_expires timestamptz := app.now() + interval '24 hours';
begin
  perform pg_advisory_xact_lock(hashtextextended('app.staff', 0));
  if app.has_admin() then perform app.refuse('admin_exists', null, 409); end if;
  perform app.check_email(coalesce(p_email, ''));
  perform app.check_staff_name(p_name);
  update app.staff_invitations i set cancelled_at = app.now()
  where i.invited_by is null and i.accepted_at is null and i.cancelled_at is null;
  insert into app.staff_invitations (token_hash, email, name, role, expires_at)
  values (app.sha256_hex(v_token), v_email, app.tidied(p_name), 'admin', v_expires);
  return jsonb_build_object('token', v_token, 'email', v_email, 'expires_at', v_expires);
end $$;
grant execute on function public.invite_first_admin(text, text) to service_role;
