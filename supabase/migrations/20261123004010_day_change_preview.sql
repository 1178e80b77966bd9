-- Whom a change of a day will tell, and in what words, before it is announced.

-- How many people of the waiting list a higher capacity confirms.
create function app.promoted_count(p_before app.jornadas, p_after app.jornadas) returns int
language plpgsql stable set search_path = '' as $$
begin
  if coalesce(p_after.cancelled_at, p_before.cancelled_at) is not null then return 0; end if;
  return (select coalesce(sum(least(l.waiting, coalesce(app.capacity_of(p_after, l.line), 2147483647) - l.taken)), 0)::int
    from (select app.line_after(p_before, p_after, s.online) as line, count(*) filter (where s.status = 'waiting') as waiting,
        count(*) filter (where s.status in ('pending', 'confirmed', 'offered', 'attended')) as taken
      from app.seats s where s.jornada_id = p_after.id group by 1) l
    where app.grew(p_before, p_after, l.line));
end $$;

-- The answer for a coordinator: {sequence, promoted, letters}. A letter that several people get stands once, with
-- their number by seat. Refuses what the change itself would be refused for. Payload: as for app.reschedule_jornada.
create function public.preview_day_change(p_jornada uuid, p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_payload jsonb;
  v_before app.jornadas;
  v_after app.jornadas;
begin
  select * into v_before from app.jornadas j where j.id = p_jornada;
  if not app.has_role(array['coordinator'], v_before.convocatoria_id) then
    perform app.refuse('not_allowed', null, 403);
  elsif v_before.id is null then
    perform app.refuse('jornada_unknown', null, 404);
  end if;
  perform app.refuse_huge_numbers(p_payload);
  v_payload := app.canon_json(p_payload);
  v_after := app.day_after(v_before, v_payload);
  return jsonb_build_object('sequence', v_before.sequence, 'promoted', app.promoted_count(v_before, v_after),
    'letters', coalesce((select jsonb_agg(jsonb_build_object('subject', g.subject, 'body', app.seat_letter(g.body) || app.mail_signature(),
        'people', jsonb_build_object('confirmed', g.confirmed, 'offered', g.offered, 'waiting', g.waiting,
          'following', g.following)) order by g.confirmed desc, g.body)
      from (select l.subject, l.body, count(*) filter (where l.status = 'confirmed') as confirmed,
          count(*) filter (where l.status = 'offered') as offered, count(*) filter (where l.status = 'waiting') as waiting,
          count(*) filter (where l.status = 'following') as following
        from app.day_letters(v_before, v_after, app.trimmed(v_payload ->> 'reason')) l group by l.subject, l.body) g), '[]'));
end $$;
grant execute on function public.preview_day_change(uuid, jsonb) to authenticated;
