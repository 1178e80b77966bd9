-- Who is told of a mesa by letter: authors whose consent covers it, once each address (docs/decisions/0098). Bodies are invited by
-- the campaign that gives the seats, which knows their liaisons.

-- An author whose address got the invitation.
create table app.mesa_invitations (
  submission_id uuid primary key references app.submissions on delete cascade,
  at timestamptz not null default app.now()
);
alter table app.mesa_invitations enable row level security;
comment on table app.mesa_invitations is
  'Personal data: that an author was invited. Readers: staff of the campaign how many. Kept: with the submission. Deleted by:'
  ' app.forget_records.';

-- The authors of a consultation who left an address: `submission_id` is the first of each address. `state`: `done`; `no_consent`, the
-- notice asked and nobody with that address said yes, or it did not ask and nobody confirmed the address; `stopped`, letters do not
-- go there; `invite`, due. Who confirms an address is told before that every news goes there.
create function app.mesa_addressees(p_convocatoria uuid) returns table (submission_id uuid, email text, state text)
language plpgsql stable set search_path = '' as $$
begin
  return query select a.ids[1], a.email, case
    when a.invited then 'done' when app.address_state(a.key) = 'stopped' then 'stopped'
    when not (a.agreed or (not a.asked and app.address_state(a.key) = 'confirmed')) then 'no_consent'
    when not app.may_write(a.key, 'notice') then 'stopped' else 'invite' end
  from (select p.email_key as key, min(p.email) as email, array_agg(s.id order by s.received_at, s.id) as ids,
      bool_or(i.submission_id is not null) as invited, bool_or(g.submission_id is not null) as asked,
      coalesce(bool_or(g.granted), false) as agreed
    from app.submissions s join app.contacts p on p.submission_id = s.id and p.email is not null and not p.email_unusable
    left join app.mesa_invitations i on i.submission_id = s.id
    left join app.consents g on g.submission_id = s.id and g.key = 'invitations'
    where s.convocatoria_id = p_convocatoria and s.quarantined_at is null and s.state not in ('withdrawn', 'expired')
      and s.content_erased_at is null group by 1) a;
end $$;

-- The days of a meeting that are to come, as the letter lists them.
create function app.mesa_days(p_meeting uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select string_agg(concat_ws('. ', case when d.value ->> 'starts_at' is not null
      then app.spanish_instant((d.value ->> 'starts_at')::timestamptz) else app.spanish_day((d.value ->> 'on_day')::date) end,
      d.value ->> 'place'), E'\n' order by d.ordinality)
    from jsonb_array_elements(app.days_of_meeting(p_meeting)) with ordinality d
    where d.value -> 'cancelled' = 'false' and coalesce((d.value ->> 'starts_at')::timestamptz > app.now(),
      (d.value ->> 'on_day')::date >= app.local_day(app.now())));
end $$;

-- The letter: {subject, body}; null while no mesa is public whose campaign takes registrations now.
create function app.mesa_letter(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('subject', format('Invitación: %s', m.published ->> 'title'),
      'body', format(E'Participaste en «%s». Te invitamos a «%s».\n\n%s\n\n%s\n\nEl orden del día y el registro están aquí:\n{{app}}/c/%s/mesa\n\n%s',
        p_campaign.title, m.published ->> 'title', m.published ->> 'lead', coalesce(app.mesa_days(c.id), 'La fecha está por confirmar.'),
        p_campaign.slug, 'Es la única invitación. Si no puedes ir, no tienes que hacer nada: tu propuesta recibe su respuesta de todos modos.'))
    from app.mesas m join app.convocatorias c on c.id = m.meeting_id and c.published
    where m.convocatoria_id = p_campaign.id and m.published is not null and app.now() between c.opens_at and c.closes_at);
end $$;

-- What staff read before letters leave: {can_send, counts: {state: how many}, letter}.
create function app.mesa_letters(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('can_send', app.has_role(app.editors(), p_campaign.id), 'letter', app.mesa_letter(p_campaign),
    'counts', (select coalesce(jsonb_object_agg(n.state, n.count), '{}')
      from (select a.state, count(*) from app.mesa_addressees(p_campaign.id) a group by 1) n));
end $$;

-- Writes to the authors to whom the invitation is due, up to 100 a call: {sent, left}. Nobody gets it twice.
create function public.invite_to_mesa(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.lock_consultation(p_id);
  v_letter jsonb := app.mesa_letter(v_campaign);
  v_one record;
  v_sent int := 0;
begin
  if v_letter is null then perform app.refuse('not_receiving', null, 409); end if;
  for v_one in select a.submission_id, a.email from app.mesa_addressees(p_id) a where a.state = 'invite' order by a.submission_id limit 100 loop
    insert into app.mesa_invitations (submission_id) values (v_one.submission_id);
    perform app.queue_mail(v_one.email, v_letter ->> 'subject', v_letter ->> 'body', app.now(), v_one.submission_id);
    v_sent := v_sent + 1;
  end loop;
  if v_sent > 0 then
    insert into app.letter_acts (actor_id, kind, about, convocatoria_id) values (auth.uid(), 'invited',
      case v_sent when 1 then '1 persona' else format('%s personas', v_sent) end, v_campaign.id);
  end if;
  return jsonb_build_object('sent', v_sent, 'left', (select count(*)::int from app.mesa_addressees(p_id) a where a.state = 'invite'));
end $$;
grant execute on function public.invite_to_mesa(uuid) to authenticated;
