-- What people with a seat are told about a change of their day. What staff preview is what is sent: both read
-- app.day_letters. No letter holds the link of an online session.

-- «…, 10:00, hora del centro de México, hasta las 12:00, Auditorio de ejemplo, en línea». Holds every field of the
-- schedule whose change sends a letter, so that «Antes» and «Ahora» always differ.
create function app.schedule_line(p_jornada app.jornadas) returns text
language plpgsql stable set search_path = '' as $$
begin
  return concat_ws(', ', app.jornada_when(p_jornada.on_day, p_jornada.starts_at),
    'hasta las ' || to_char(p_jornada.ends_at at time zone 'America/Mexico_City', 'HH24:MI'), p_jornada.place,
    case when p_jornada.modality = 'virtual' then 'en línea' when p_jornada.online_capacity is not null then 'presencial y en línea'
      else p_jornada.modality end);
end $$;

-- Each part of the day that changed, with its old and new value. p_seated: the reader has a confirmed seat.
create function app.change_lines(p_before app.jornadas, p_after app.jornadas, p_seated boolean) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select string_agg(format(E'%sAntes: %s\nAhora: %s', l.label, l.before, l.after), E'\n\n' order by l.place)
      filter (where l.before <> l.after)
    || case when p_before.link is not distinct from p_after.link then ''
      when p_after.link is null then E'\n\nYa no hay enlace para conectarse.'
      when p_seated then E'\n\nEl enlace para conectarse cambió. El nuevo está en su pase desde una hora antes.'
      else E'\n\nEl enlace para conectarse cambió. Estará en su pase cuando tenga lugar confirmado.' end
  from (values
    (1, '', app.schedule_line(p_before), app.schedule_line(p_after)),
    (2, E'Dirección\n', coalesce(p_before.address, 'sin dato'), coalesce(p_after.address, 'sin dato')),
    (3, E'Accesibilidad\n', coalesce(p_before.accessibility, 'sin dato'), coalesce(p_after.accessibility, 'sin dato')),
    (4, E'Ponente\n', concat_ws(', ', p_before.speaker, p_before.speaker_post),
      concat_ws(', ', p_after.speaker, p_after.speaker_post))) l (place, label, before, after));
end $$;

create function app.changed_letter(p_before app.jornadas, p_after app.jornadas, p_reason text, p_seated boolean)
returns text
language plpgsql stable set search_path = '' as $$
begin
  return format(E'Cambió una jornada en la que usted está inscrito o inscrita: %s.\n\n%s\n\nMotivo: %s\n\n'
    || 'Conserva el lugar que tenía. Si no puede asistir, cancele ese día para que otra persona lo ocupe.',
    app.jornada_name(p_after), ltrim(coalesce(app.change_lines(p_before, p_after, p_seated), ''), E'\n'), p_reason);
end $$;

-- The days of the same group that somebody can still take, each with its free seats; null without one.
create function app.other_days(p_jornada app.jornadas) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select string_agg(app.jornada_line(j, o.online) || ': ' || case app.seats_left(j, o.online) when 0 then 'lista de espera'
      when 1 then 'queda 1 lugar' else coalesce(format('quedan %s lugares', app.seats_left(j, o.online)), 'con lugar') end,
    E'\n' order by j.on_day, j.position, o.online)
  from app.jornadas j join (values (false), (true)) o (online) on not o.online or j.online_capacity is not null where j.group_id = p_jornada.group_id and j.id <> p_jornada.id
    and j.cancelled_at is null and j.on_day is not null and not app.has_begun(j));
end $$;

create function app.cancelled_letter(p_jornada app.jornadas, p_reason text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return format(E'Se canceló una jornada en la que usted está inscrito o inscrita:\n\n%s\n\nMotivo: %s\n\n%s',
    app.jornada_line(p_jornada), p_reason, coalesce(
      E'Puede tomar otro día de su grupo sin volver a escribir sus datos. Hágalo desde su enlace privado:\n\n'
      || app.other_days(p_jornada),
      'Por ahora su grupo no tiene otro día. Si se agrega uno, podrá tomarlo desde su enlace privado.'));
end $$;

create function app.restored_letter(p_jornada app.jornadas, p_reason text, p_status text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return format(E'Sí habrá la jornada que se había cancelado:\n\n%s\n\nMotivo: %s\n\nUsted %s. Si ya no puede '
    || 'asistir, cancele ese día para que otra persona lo ocupe.', app.jornada_line(p_jornada), p_reason,
    case p_status when 'confirmed' then 'tiene lugar confirmado' else 'está en la lista de espera' end);
end $$;

-- The seats that come back when a day that was called off takes place after all: those of everybody who did not take
-- another day, in their old order, confirmed as far as the capacity reaches.
create function app.returning_seats(p_jornada app.jornadas)
returns table (submission_id uuid, place bigint, status text)
language sql stable set search_path = '' as $$
  select r.submission_id, r.place, case when r.place <= coalesce(app.capacity_of(p_jornada, r.online), 2147483647)
    then 'confirmed' else 'waiting' end
  from (select s.submission_id, s.online, row_number() over (partition by s.online order by s.position) as place
    from app.seats s join app.submissions u on u.id = s.submission_id and u.state <> 'withdrawn'
    where s.jornada_id = p_jornada.id and s.called_off and s.moved_to is null and s.shows is null) r
$$;

-- Whether a change is told by letter. A new capacity alone is not: whoever gets a seat by it is told that.
create function app.is_told(p_before app.jornadas, p_after app.jornadas) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return app.day_record(p_before) - array['capacity', 'online_capacity', 'title'] is distinct from
    app.day_record(p_after) - array['capacity', 'online_capacity', 'title']
    or (p_before.online_capacity is null) <> (p_after.online_capacity is null);
end $$;

-- Every letter that a change sends: to whom, with the seat that they have after it, or had before a cancellation.
-- `following`: they have none, and asked to be told the date.
create function app.day_letters(p_before app.jornadas, p_after app.jornadas, p_reason text)
returns table (submission_id uuid, status text, subject text, body text)
language plpgsql stable set search_path = '' as $$
declare
  v_cancelled text := app.cancelled_letter(p_after, p_reason);
  v_seated text := app.changed_letter(p_before, p_after, p_reason, true);
  v_other text := app.changed_letter(p_before, p_after, p_reason, false);
begin
  if p_before.cancelled_at is not null and p_after.cancelled_at is null then
    return query select r.submission_id, r.status, 'Sí habrá una jornada que se había cancelado',
      app.restored_letter(p_after, p_reason, r.status) from app.returning_seats(p_after) r;
  elsif app.is_told(p_before, p_after) then
    return query select s.submission_id, app.shown_status(s),
      case when p_after.cancelled_at is null then 'Cambió una jornada' else 'Se canceló una jornada' end,
      case when p_after.cancelled_at is not null then v_cancelled when s.status = 'confirmed' then v_seated else v_other end
    from app.seats s where s.jornada_id = p_after.id and s.status in ('pending', 'confirmed', 'offered', 'waiting', 'set_apart');
    if p_before.on_day is null and p_after.on_day is not null then
      return query select f, 'following', 'Ya tiene fecha una jornada', app.dated_letter(p_after)
      from app.followers_of(p_after) f;
    end if;
  end if;
end $$;
