-- Letters about seats, in *usted*, because they go to people of public bodies. They never hold a pass or a
-- secret.

create function app.jornada_name(p_jornada app.jornadas) returns text
language sql stable set search_path = '' as $$
  select format('%s · %s', g.name, p_jornada.title) from app.jornada_groups g where g.id = p_jornada.group_id
$$;

-- «· Grupo 1 · Primera jornada: martes 8 de diciembre de 2026, … ».
create function app.jornada_line(p_jornada app.jornadas) returns text
language sql stable set search_path = '' as $$
  select format('· %s: %s', app.jornada_name(p_jornada), app.jornada_when(p_jornada.on_day, p_jornada.starts_at))
    || coalesce(', ' || p_jornada.place, '')
$$;

create function app.seat_words(p_seat app.seats) returns text
language sql stable set search_path = '' as $$
  select case p_seat.status
    when 'confirmed' then 'lugar confirmado'
    when 'waiting' then format('en lista de espera, lugar %s', app.waiting_place(p_seat))
    when 'offered' then format('hay un lugar para usted hasta el %s', app.spanish_instant(p_seat.offer_until))
    when 'attended' then 'asistió'
    else 'cancelado' end
$$;

-- A letter with the words that end all of them.
create function app.seat_letter(p_body text) returns text
language sql immutable set search_path = '' as $$
  select format(E'%s\n\nAbra su enlace privado para ver su inscripción, su pase y lo que puede cambiar. Por '
    || 'seguridad, este correo no lo incluye. Si lo perdió, en la aplicación elija «Recuperar mi enlace».', p_body)
$$;

create function app.mail_about_seats(p_submission uuid, p_subject text, p_body text, p_class text) returns void
language sql volatile set search_path = '' as $$
  select app.queue_mail(p.email, format('%s: folio %s', p_subject, s.folio), app.seat_letter(p_body), app.now(), s.id,
    p_class => p_class)
  from app.submissions s join app.contacts p on p.submission_id = s.id and p.email is not null
  where s.id = p_submission
$$;

-- The acknowledgement: each day with the seat it got.
create function app.mail_registration(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v record;
begin
  select s.folio, c.title, b.name as body,
    (select string_agg(app.jornada_line(j) || ': ' || app.seat_words(t), E'\n' order by j.on_day, j.position)
      from app.seats t join app.jornadas j on j.id = t.jornada_id where t.submission_id = s.id) as days,
    exists (select from app.seats t where t.submission_id = s.id and t.status = 'waiting') as waits
  into v from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id
  join app.registrations r on r.submission_id = s.id join app.sujetos_obligados b on b.id = r.body_id
  where s.id = p_submission;
  perform app.mail_about_seats(p_submission, 'Recibimos su inscripción', format(
    E'Recibimos su inscripción en «%s», por parte de %s. Su folio es %s.\n\n%s%s', v.title, v.body, v.folio, v.days,
    case when v.waits then E'\n\nSi se libera un lugar en un día en que usted espera, le avisaremos por este medio '
      || 'y le diremos hasta cuándo puede aceptarlo.' else '' end), 'notice');
end $$;

-- Tells of one or several days of a registration. p_news: `confirmed`, `offered`, `cancelled` or `lapsed`.
create function app.mail_seats(p_submission uuid, p_jornadas uuid[], p_news text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_days text := (select string_agg(app.jornada_line(j), E'\n' order by j.on_day, j.position)
    from app.jornadas j where j.id = any (p_jornadas));
  v_until timestamptz := (select min(s.offer_until) from app.seats s
    where s.submission_id = p_submission and s.jornada_id = any (p_jornadas));
begin
  if v_days is null then return; end if;
  perform app.mail_about_seats(p_submission,
    case p_news when 'confirmed' then 'Su lugar está confirmado' when 'offered' then 'Hay un lugar para usted'
      when 'lapsed' then 'Venció el plazo para aceptar su lugar' else 'Su lugar se canceló' end,
    case p_news
      when 'confirmed' then E'Su lugar está confirmado:\n\n' || v_days
      when 'offered' then format(E'Se liberó un lugar y es para usted:\n\n%s\n\nTiene hasta el %s para aceptarlo. '
        || 'Si no lo acepta antes, será de la persona que sigue y su lugar en la lista de este día se cancelará.',
        v_days, app.spanish_instant(v_until))
      when 'lapsed' then format(E'No nos llegó a tiempo su respuesta, y el lugar que le guardamos pasó a la '
        || E'persona que sigue:\n\n%s\n\nSi quiere asistir, puede inscribirse de nuevo.', v_days)
      else format(E'Se canceló su lugar:\n\n%s\n\nGracias por avisar: otra persona podrá ocuparlo.', v_days) end,
    case when p_news in ('offered', 'confirmed') then 'deadline' else 'notice' end);
end $$;
