-- One person registers several of the same body at once (docs/decisions/0079). Their own registration, which may have no
-- day, is the group's: its private link shows everybody and cancels or passes on what is theirs. Each of the others has a
-- registration, a folio and a term of their own.

-- Up to 10 people {display_name, post, email} of a payload. Refuses what a registration is refused for, and nobody to attend.
create function app.check_colleagues(p_payload jsonb) returns jsonb[]
language plpgsql stable set search_path = '' as $$
declare
  v_given jsonb := coalesce(p_payload -> 'colleagues', '[]');
  v_one jsonb;
begin
  if jsonb_typeof(v_given) <> 'array' or jsonb_array_length(v_given) > 10 then perform app.refuse('malformed_op', 'colleagues'); end if;
  for v_one in select e.value from jsonb_array_elements(v_given) e loop
    if jsonb_typeof(v_one) <> 'object' then perform app.refuse('malformed_op', 'colleagues'); end if;
    if app.check_name(app.text_of(v_one, 'display_name')) is null then perform app.refuse('name_required', 'colleagues'); end if;
    perform app.check_post(app.text_of(v_one, 'post'));
    perform app.check_address(app.text_of(v_one, 'email'), 'app');
  end loop;
  if v_given = '[]' and p_payload -> 'attends' = 'false' then perform app.refuse('malformed_op', 'attends'); end if;
  return array(select e.value from jsonb_array_elements(v_given) e);
end $$;

-- To somebody whom another person of the body named: the first time that the institution writes to them, so it says who gave
-- the data, what they are for, and how to refuse. p_lead: with the body at %s.
create function app.mail_named(p_submission uuid, p_subject text, p_lead text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_about_seats(s.id, p_subject, format(E'%s en «%s» y nos dio su nombre, su cargo y este correo. Su folio es '
    || E'%s.\n\n%s%s\n\nUsamos sus datos solo para su inscripción, su entrada y su constancia. El aviso de privacidad completo '
    || E'está en la convocatoria:\n{{app}}/c/%s\n\nSi no va a asistir o no quiere que tengamos sus datos, cancele su '
    || 'inscripción: elija «Recuperar mi enlace» en la aplicación y escriba este correo.', format(p_lead, b.name), c.title,
    s.folio, (select string_agg(app.jornada_line(j, t.online) || ': ' || app.seat_words(t), E'\n' order by j.on_day, j.position)
      from app.seats t join app.jornadas j on j.id = t.jornada_id where t.submission_id = s.id),
    app.what_now(s.id), c.slug), 'deadline')
  from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id
  join app.registrations r on r.submission_id = s.id join app.sujetos_obligados b on b.id = r.body_id
  where s.id = p_submission;
end $$;

create function app.mail_colleague(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_named(p_submission, 'Le inscribieron en una jornada', 'Alguien de %s le inscribió');
end $$;

-- The registration of somebody whom another person named, without days. Nothing is recorded as their consent. Nobody holds its private link: its person
-- asks for one with the address. p_channel: as in app.receive_submission.
create function app.write_named(p_id uuid, p_campaign app.convocatorias, p_body app.sujetos_obligados, p_payload jsonb,
  p_channel text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_post text;
  v_op app.op;
begin
  if app.check_name(app.text_of(p_payload, 'display_name')) is null then perform app.refuse('name_required', 'display_name'); end if;
  v_post := app.check_post(app.text_of(p_payload, 'post'));
  perform app.check_address(app.text_of(p_payload, 'email'), p_channel);
  v_op := row(null, 1, null, p_id, jsonb_build_object('display_name', p_payload -> 'display_name', 'email', p_payload -> 'email',
    'consents', '[]'::jsonb), app.now(), app.new_token(), null);
  if app.receive_submission(v_op, p_campaign, false, app.body_words(p_body), p_channel) is null then
    perform app.refuse('submission_unknown', null, 404);   -- the id of something else
  end if;
  perform app.write_registration(p_id, p_body.id, v_post);
end $$;

-- Registers the colleagues of a registration for its days, in the order in which they stand. The caller holds the locks of the days.
create function app.register_colleagues(p_head uuid, p_campaign app.convocatorias, p_body app.sujetos_obligados,
  p_colleagues jsonb[], p_jornadas uuid[], p_online uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_one jsonb;
  v_id uuid;
begin
  foreach v_one in array p_colleagues loop
    v_id := gen_random_uuid();
    perform app.write_named(v_id, p_campaign, p_body, v_one, 'app');
    update app.registrations r set group_of = p_head where r.submission_id = v_id;
    perform app.take_seat(v_id, d.id, d.id = any (p_online)) from unnest(p_jornadas) d (id);
    perform app.mail_colleague(v_id);
  end loop;
end $$;

-- What the person who registered others reads of them: {group: [{folio, display_name, post, seats}]}, without passes and links. Nothing without any.
create function app.group_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select case when count(*) = 0 then '{}' else jsonb_build_object('group', jsonb_agg(jsonb_build_object('folio', u.folio,
      'display_name', c.display_name, 'post', r.post, 'seats', (select coalesce(jsonb_agg(e.value - 'pass_code' - 'link'), '[]')
        from jsonb_array_elements(app.seats_of(r.submission_id, true)) e)) order by u.received_at, u.folio)) end
  from app.registrations r join app.submissions u on u.id = r.submission_id
  left join app.contacts c on c.submission_id = r.submission_id where r.group_of = p_submission);
end $$;

-- The registration of a group that its private link names by folio, locked. Refuses that of anybody else.
create function app.lock_colleague(p_head_folio text, p_secret text, p_folio text) returns app.submissions
language plpgsql volatile set search_path = '' as $$
declare
  v_head uuid := app.own_submission(p_head_folio, p_secret, 'jornadas');
  v_id uuid := (select r.submission_id from app.registrations r join app.submissions u on u.id = r.submission_id and u.folio = p_folio
    where r.group_of = v_head);
  v_submission app.submissions;
begin
  if v_id is null then perform app.refuse('submission_unknown', null, 404); end if;
  v_submission := app.lock_submission(v_id, null);
  if v_submission.state = 'withdrawn' then perform app.refuse('seat_unknown', 'jornada_id', 404); end if;
  return v_submission;
end $$;

create function app.mail_released(p_submission uuid, p_days text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_about_seats(p_submission, 'Cancelaron su lugar', format(E'La persona que le inscribió canceló su lugar:\n\n%s\n\n'
    || 'Si usted sí va a asistir, puede inscribirse en la convocatoria.', p_days), 'deadline');
end $$;

-- Cancels the days to come of somebody of the group, and tells them. A repeated call changes nothing.
create function public.release_colleague(p_folio text, p_secret text, p_colleague text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_submission app.submissions := app.lock_colleague(p_folio, p_secret, p_colleague);
  v_seats app.seats[] := app.seats_to_release(v_submission.id, null);
begin
  if v_seats <> '{}' then
    perform app.release_seat(s, false) from unnest(v_seats) s;
    perform app.touch_submission(v_submission.id);
    perform app.record_event(v_submission.id, 'author', 'day_released', v_submission.state, v_submission.state,
      p_message => 'Quien hizo su inscripción canceló los días que faltaban.');
    perform app.mail_released(v_submission.id, (select string_agg(app.jornada_line(j, s.online), E'\n' order by j.on_day, j.position)
      from unnest(v_seats) s join app.jornadas j on j.id = s.jornada_id));
  end if;
  return '{"released": true}';
end $$;
grant execute on function public.release_colleague(text, text, text) to anon, authenticated;

-- Somebody else attends instead of a person of the group. p_data: as of public.substitute_delegate.
create function public.substitute_colleague(p_folio text, p_secret text, p_colleague text, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform app.refuse_huge_numbers(p_data);
  perform app.substitute(app.lock_colleague(p_folio, p_secret, p_colleague), app.canon_json(p_data), 'app', null);
  return '{"substituted": true}';
end $$;
grant execute on function public.substitute_colleague(text, text, text, jsonb) to anon, authenticated;
