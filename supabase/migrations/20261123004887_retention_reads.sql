-- What the jobs will delete and what they deleted, for those who answer for it.

create function app.admit_retention_reader() returns void
language plpgsql stable set search_path = '' as $$
begin
  if not app.has_role_somewhere(array['auditor', 'admin']) then perform app.refuse('not_allowed', null, 403); end if;
end $$;

-- How many rows each rule deletes until thirty days from now, by the periods that are saved: {days, counts}.
create function public.retention_outlook() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_at timestamptz := app.now() + interval '30 days';
begin
  perform app.admit_admin();
  return jsonb_build_object('days', 30, 'counts', jsonb_build_object(
    'contacts', (select count(*) from app.due_contacts(v_at, null)),
    'unselected', (select count(*) from app.due_unselected(v_at, null)),
    'attendance', (select count(*) from app.due_attendance(v_at, null)),
    'withdrawn', (select count(*) from app.due_withdrawn(v_at, null)),
    'licences', (select count(*) from app.due_licences(v_at, null)),
    'records', (select count(*) from app.due_records(v_at, null))));
end $$;
grant execute on function public.retention_outlook() to authenticated;

-- The last 1,000 receipts of campaigns that the caller audits, the newest first.
create function public.deletion_receipts() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform app.admit_retention_reader();
  return jsonb_build_object('items', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'on_day', r.on_day,
      'rule', r.rule, 'amount', r.amount, 'deleted', r.deleted, 'last_at', r.last_at, 'convocatoria_title', c.title)
      order by r.id desc)
    from (select * from app.deletion_receipts d where app.has_role(array['auditor', 'admin'], d.convocatoria_id)
      order by d.id desc limit 1000) r
    left join app.convocatorias c on c.id = r.convocatoria_id), '[]'));
end $$;
grant execute on function public.deletion_receipts() to authenticated;
