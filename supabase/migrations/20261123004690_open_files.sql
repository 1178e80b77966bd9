-- Files that are not public are read by an address that the server signs for minutes (the function open-file). No policy
-- lets a member read or sign one with their own token: the storage API would sign for as long as its caller asks, and
-- nobody can take a signed address back.

-- Which stored file the caller may open now, and for how many seconds its address may live. Refuses everybody who may
-- read neither the submission of a video nor a campaign that names a file.
create function public.open_file(p_bucket text, p_name text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform app.admitted_user();   -- a session that owes its second factor is told so
  if not coalesce(case p_bucket when 'videos-intake' then app.can_watch(p_name)
    when 'insumos-intake' then app.can_read_insumo_file(p_name) end, false) then
    perform app.refuse('not_allowed', null, 403);
  end if;
  return jsonb_build_object('bucket', p_bucket, 'name', p_name, 'seconds', 300);
end $$;
grant execute on function public.open_file(text, text) to authenticated;
