-- Letters about seats, in *usted*, because they go to people of public bodies. They never hold a pass or a
-- secret.

create function app.jornada_name(p_jornada app.jornadas) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select format('%s · %s', g.name, p_jornada.title) from app.jornada_groups g where g.id = p_jornada.group_id);
end $$;

-- «· Grupo 1 · Primera jornada: martes 8 de diciembre de 2026, … ».
-- p_online: for somebody whose seat is online on a day in both modalities.
create function app.jornada_line(p_jornada app.jornadas, p_online boolean default false) returns text
language plpgsql stable set search_path = '' as $$
begin
  return format('· %s: %s', app.jornada_name(p_jornada), app.jornada_when(p_jornada.on_day, p_jornada.starts_at))
    || coalesce(', ' || case when p_online then 'en línea' else p_jornada.place end, '');
end $$;

create function app.seat_words(p_seat app.seats) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case case when p_seat.status = 'repeated' then p_seat.shows else p_seat.status end
    when 'set_apart' then case when p_seat.over_limit then 'la recibimos; su institución ya tiene el máximo de lugares de ese día'
      else 'la recibimos; antes de darle lugar la revisa el equipo' end
    when 'pending' then 'lugar apartado; falta que el instituto apruebe su inscripción'
    when 'confirmed' then case when p_seat.held_until is null then 'lugar confirmado'
      else format('lugar apartado hasta el %s', app.spanish_instant(p_seat.held_until)) end
    when 'waiting' then format('en lista de espera, lugar %s', app.waiting_place(p_seat))
    when 'offered' then format('hay un lugar para usted hasta el %s', app.spanish_instant(p_seat.offer_until))
    when 'attended' then 'asistió'
    else 'cancelado' end;
end $$;

-- A letter with the words that end all of them.
create function app.seat_letter(p_body text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return format(E'%s\n\nAbra su enlace privado para ver su inscripción, su pase y lo que puede cambiar. Por '
    || 'seguridad, este correo no lo incluye. Si lo perdió, en la aplicación elija «Recuperar mi enlace».', p_body);
end $$;

-- p_misses: when its reader loses what it tells of.
create function app.mail_about_seats(p_submission uuid, p_subject text, p_body text, p_class text,
  p_misses timestamptz default null, p_event uuid default null) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_after timestamptz := app.now() + case when p_event is null then interval '0' else interval '1 minute' end;
begin
  perform app.queue_mail(p.email, format('%s: folio %s', p_subject, s.folio), app.seat_letter(p_body), v_after, s.id, p_event,
    p_class => p_class, p_misses => p_misses)
  from app.submissions s join app.contacts p on p.submission_id = s.id and p.email is not null
  where s.id = p_submission;
  perform app.queue_push(p_submission, p_class, v_after, p_event, p_misses);
end $$;

-- What the reader of an acknowledgement can do: keep a held seat, wait for a seat, know that staff look at it first.
create function app.what_now(p_submission uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select concat(
    case when bool_or(t.held_until is not null) then E'\n\nPara conservar el lugar apartado, confirme este correo antes de '
      || 'esa hora. Si no, lo conserva mientras nadie espere ese día.' end,
    case when bool_or(t.over_limit) then E'\n\nSi su institución deja un lugar de ese día, es de la primera persona que espera. '
      || 'El equipo también puede darle uno.' end,
    case when bool_or(coalesce(t.shows, t.status) = 'set_apart' and not t.over_limit) then E'\n\nHay muchas solicitudes de su institución sin '
      || 'confirmar. La suya guarda su orden de llegada. Confirme este correo, o espere a que el equipo la revise.' end,
    case when bool_or(coalesce(t.shows, t.status) = 'waiting') then E'\n\nSi se libera un lugar en un día en que usted '
      || 'espera, le avisaremos por este medio y le diremos hasta cuándo puede aceptarlo.' end)
  from app.seats t where t.submission_id = p_submission and t.status <> 'cancelled');
end $$;

-- The first registration of the same person, to its address alone: the folio's page does not say it, because whoever
-- knows a name and an address could ask it who is registered.
create function app.repeated_words(p_submission uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select case when count(*) > 0 then format(E'\n\nUsted ya tenía una inscripción con este correo y este nombre. '
    || E'Vale esa, con folio %s, y su lugar es uno solo:\n\n%s\n\nPara abrirla elija «Recuperar mi enlace» en la aplicación.',
    string_agg(distinct u.folio, ', '),
    string_agg(app.jornada_line(j, first.online) || ': ' || app.seat_words(first), E'\n' order by j.on_day, j.position)) end
  from app.seats t join app.seats first on first.submission_id = t.repeats and first.jornada_id = t.jornada_id
  join app.submissions u on u.id = t.repeats join app.jornadas j on j.id = t.jornada_id
  where t.submission_id = p_submission and t.status = 'repeated');
end $$;

-- The acknowledgement: each day with the seat it got. Days that repeat another registration stand there with its folio.
create function app.mail_registration(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v record;
begin
  select s.folio, c.title, b.name as body,
    coalesce((select string_agg(app.jornada_line(j, t.online) || ': ' || app.seat_words(t), E'\n' order by j.on_day, j.position)
      from app.seats t join app.jornadas j on j.id = t.jornada_id
      where t.submission_id = s.id and t.status <> 'repeated'), '') as days
  into v from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id
  join app.registrations r on r.submission_id = s.id join app.sujetos_obligados b on b.id = r.body_id
  where s.id = p_submission;
  perform app.mail_about_seats(p_submission, 'Recibimos su inscripción', format(
    E'Recibimos su inscripción en «%s», por parte de %s. Su folio es %s.%s%s%s', v.title, v.body, v.folio,
    E'\n\n' || nullif(v.days, ''), app.what_now(p_submission), app.repeated_words(p_submission)), 'notice');
end $$;

-- The reminder that a seat is held, and until when.
create function app.mail_held(p_submission uuid, p_jornadas uuid[], p_until timestamptz) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_about_seats(p_submission, 'Confirme su correo para conservar su lugar', format(
    E'Su lugar está apartado hasta el %s:\n\n%s\n\nPara conservarlo, confirme este correo: abra la página del enlace que '
    || 'está al final de este mensaje y toque «Sí, es mi correo». También puede llamar al contacto de ayuda y dar su '
    || E'folio.\n\nSi no lo confirma y alguien espera ese día, el lugar pasará a esa persona. Usted quedará en la lista de '
    || 'espera con el mismo folio. Si nadie espera, conserva su lugar.', app.spanish_instant(p_until),
    (select string_agg(app.jornada_line(j, s.online), E'\n' order by j.on_day, j.position) from app.seats s
      join app.jornadas j on j.id = s.jornada_id where s.submission_id = p_submission and j.id = any (p_jornadas))),
    'deadline', p_until);
end $$;

-- Tells of one or several days of a registration. p_news: `confirmed`, `pending`, `offered`, `cancelled`, `lapsed` (an offer),
-- `unconfirmed` (a held seat) or `not_kept` (app.free_silent).
create function app.mail_seats(p_submission uuid, p_jornadas uuid[], p_news text, p_event uuid default null) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_days text := (select string_agg(app.jornada_line(j, s.online), E'\n' order by j.on_day, j.position)
    from app.seats s join app.jornadas j on j.id = s.jornada_id
    where s.submission_id = p_submission and j.id = any (p_jornadas));
  v_until timestamptz := (select min(s.offer_until) from app.seats s
    where s.submission_id = p_submission and s.jornada_id = any (p_jornadas));
begin
  if v_days is null then return; end if;
  perform app.mail_about_seats(p_submission,
    case p_news when 'confirmed' then 'Su lugar está confirmado' when 'pending' then 'Su lugar está apartado'
      when 'not_kept' then 'Su lugar pasó a quien esperaba' when 'offered' then 'Hay un lugar para usted'
      when 'lapsed' then 'Venció el plazo para aceptar su lugar' when 'unconfirmed' then 'Su lugar pasó a quien esperaba' else 'Su lugar se canceló' end,
    case p_news
      when 'confirmed' then E'Su lugar está confirmado:\n\n' || v_days
      when 'pending' then format(E'Le apartamos un lugar:\n\n%s\n\nFalta que el instituto apruebe su inscripción. Le avisaremos '
        || 'por este medio.', v_days)
      when 'not_kept' then format(E'Le preguntamos si sigue viniendo y no nos llegó su respuesta a tiempo. Otra persona esperaba '
        || E'y el lugar pasó a ella:\n\n%s\n\nSi quiere asistir, puede inscribirse de nuevo.', v_days)
      when 'offered' then format(E'Se liberó un lugar y es para usted:\n\n%s\n\nTiene hasta el %s para aceptarlo. '
        || 'Si no lo acepta antes, será de la persona que sigue y su lugar en la lista de este día se cancelará.',
        v_days, app.spanish_instant(v_until))
      when 'lapsed' then format(E'No nos llegó a tiempo su respuesta, y el lugar que le guardamos pasó a la '
        || E'persona que sigue:\n\n%s\n\nSi quiere asistir, puede inscribirse de nuevo.', v_days)
      when 'unconfirmed' then format(E'Venció el plazo para confirmar su correo y otra persona esperaba. Su lugar pasó a '
        || E'ella:\n\n%s\n\nUsted está en la lista de espera con el mismo folio, y no se perdió nada de lo que envió. Si '
        || 'confirma su correo, su turno cuenta como el de los demás.', v_days)
      else format(E'Se canceló su lugar:\n\n%s\n\nGracias por avisar: otra persona podrá ocuparlo.', v_days) end,
    case when p_news in ('offered', 'confirmed', 'pending', 'unconfirmed') then 'deadline' else 'notice' end, v_until, p_event);
end $$;
