-- Somebody else of the body attends instead (docs/decisions/0078). The seat passes on with its place in the line to a
-- registration of the other person, with a folio, a pass and a term to confirm of their own. The former person keeps the
-- days that they attended, and the constancia of those; their pass of the days that pass on ends.

-- The days that can pass on: those of the payload, which are all when it names none. Refuses a day that is over, cancelled or unknown.
create function app.seats_to_pass_on(p_submission uuid, p_payload jsonb) returns app.seats[]
language plpgsql stable set search_path = '' as $$
declare
  v_given jsonb := coalesce(p_payload -> 'jornada_ids', '[]');
  v_seats app.seats[] := app.seats_to_release(p_submission, null);
  v_wanted uuid[];
begin
  if jsonb_typeof(v_given) <> 'array' or jsonb_array_length(v_given) > 50
    or exists (select from jsonb_array_elements(v_given) e where jsonb_typeof(e.value) <> 'string') then
    perform app.refuse('malformed_op', 'jornada_ids');
  end if;
  v_wanted := array(select app.parse_uuid(e.value) from jsonb_array_elements_text(v_given) e);
  if v_given <> '[]' then v_seats := array(select s from unnest(v_seats) s where s.jornada_id = any (v_wanted)); end if;
  if exists (select from unnest(v_wanted) w (id) where not exists (select from app.seats s
    where s.submission_id = p_submission and s.jornada_id = w.id and s.status <> 'cancelled')) then
    perform app.refuse('seat_unknown', 'jornada_id', 404);
  elsif v_seats = '{}' or exists (select from unnest(v_wanted) w (id) where not exists (
    select from unnest(v_seats) s where s.jornada_id = w.id)) then
    perform app.refuse('jornada_past', 'jornada_id', 409);
  end if;
  return v_seats;
end $$;

-- Gives a seat to the registration of the other person, as it is: its status, its place in the line, its modality. Who
-- has the day already takes no second seat, as with app.take_seat.
create function app.pass_on(p_seat app.seats, p_to uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_first uuid := app.seated_before(p_to, p_seat.jornada_id);
  v_confirmed boolean := (select r.confirmed_at is not null from app.registrations r where r.submission_id = p_to);
begin
  update app.seats s set status = 'cancelled', offer_until = null, pass_code = null, held_until = null, lapsed = false,
    over_limit = false, admitted_at = null, repeats = null, shows = null, replaced_by = p_to,
    position = (select max(o.position) + 1 from app.seats o where o.jornada_id = s.jornada_id)
  where s.submission_id = p_seat.submission_id and s.jornada_id = p_seat.jornada_id;
  if p_seat.status = 'repeated' or v_first is not null then
    if p_seat.status <> 'repeated' then perform app.release_seat(p_seat, false); end if;
    perform app.take_seat(p_to, p_seat.jornada_id, p_seat.online);
    return;
  end if;
  if p_seat.status = 'confirmed' and app.needs_approval(p_to) then
    p_seat.status := 'pending';   -- the other person is approved for themselves, and the place is held meanwhile
    p_seat.pass_code := null;
  elsif p_seat.status = 'pending' and not app.needs_approval(p_to) then
    p_seat.status := 'confirmed';
    p_seat.pass_code := '';
  end if;
  insert into app.seats (submission_id, jornada_id, status, position, online, over_limit, received_at, offer_until, pass_code,
    held_until, lapsed, admitted_at)
  select p_to, p_seat.jornada_id, p_seat.status, p_seat.position, p_seat.online, p_seat.over_limit, u.received_at, p_seat.offer_until,
    case when p_seat.pass_code is not null then encode(extensions.gen_random_bytes(10), 'hex') end,
    case when p_seat.status in ('pending', 'confirmed') and not v_confirmed then app.next_business_hour(app.now()) end,
    p_seat.lapsed and not v_confirmed,
    case when p_seat.status = 'set_apart' and v_confirmed and not p_seat.over_limit then app.now() else p_seat.admitted_at end
  from app.submissions u where u.id = p_to;
  p_seat.status := 'waiting';   -- what else its person registered for the day counts like an arrival of now: the seat is another's
  perform app.promote_repeated(p_seat);
  perform app.offer_seats(p_seat.jornada_id, p_seat.online);
end $$;

create function app.mail_substitute(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_named(p_submission, 'Le dieron un lugar en una jornada', 'Alguien de %s le cedió su lugar');
end $$;

create function app.mail_passed_on(p_submission uuid, p_days text, p_reason text) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.mail_about_seats(p_submission, 'Otra persona irá en su lugar', concat_ws(E'\n\n', E'Otra persona de su institución '
    || E'irá en su lugar:\n\n' || p_days, 'Motivo: ' || p_reason, 'Su pase de esos días ya no vale. Lo que usted ya asistió sigue '
    || 'siendo suyo.'), 'notice');
end $$;

-- The registration of the other person, for the same body, without days. Whoever registered the former one in a group, or
-- registered others with it, sees the other person too.
create function app.write_substitute(p_former app.submissions, p_id uuid, p_payload jsonb, p_channel text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_former app.registrations;
begin
  select * into v_former from app.registrations r where r.submission_id = p_former.id;
  perform app.write_named(p_id, c, b, p_payload, p_channel) from app.convocatorias c, app.sujetos_obligados b
  where c.id = p_former.convocatoria_id and b.id = v_former.body_id;
  update app.registrations r set group_of = coalesce(v_former.group_of, case when exists (select from app.registrations m
    where m.group_of = p_former.id) then p_former.id end) where r.submission_id = p_id;
end $$;

-- Passes the days on, with an event for each of the two and a letter to both. False when that was done before.
create function app.substitute(p_former app.submissions, p_payload jsonb, p_channel text, p_reason text) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  v_id uuid := app.parse_uuid(app.text_of(p_payload, 'id'));
  v_actor uuid := case when p_channel <> 'app' then auth.uid() end;
  v_source text := case when p_channel = 'app' then 'author' else 'staff' end;
  v_seats app.seats[];
  v_days text;
begin
  if v_id is null then perform app.refuse('malformed_op', 'id'); end if;
  if exists (select from app.seats s where s.submission_id = p_former.id and s.replaced_by = v_id) then return false; end if;
  v_seats := app.seats_to_pass_on(p_former.id, p_payload);
  perform app.write_substitute(p_former, v_id, p_payload, p_channel);
  if p_channel <> 'app' then
    perform app.confirm_people(array[v_id]);
    update app.registrations r set approved_at = app.now() where r.submission_id = v_id;
  end if;
  perform app.pass_on(s, v_id) from unnest(v_seats) s;
  select string_agg(app.jornada_line(j, s.online), E'\n' order by j.on_day, j.position) into v_days
  from unnest(v_seats) s join app.jornadas j on j.id = s.jornada_id;
  perform app.touch_submission(p_former.id);
  perform app.record_event(p_former.id, v_source, 'substituted', p_former.state, p_former.state, p_message =>
    concat_ws(E'\n\n', E'Otra persona de su institución irá en su lugar:\n\n' || v_days, 'Motivo: ' || p_reason), p_actor => v_actor);
  perform app.mail_passed_on(p_former.id, v_days, p_reason);
  perform app.record_event(v_id, v_source, 'substitutes', 'received', 'received',
    p_message => 'Asiste en lugar de otra persona de su institución.', p_actor => v_actor);
  perform app.mail_substitute(v_id);
  return true;
end $$;

-- p_data {id, display_name, post, email, jornada_ids}: `id` is new and makes a repeated call harmless. The folio's secret is the
-- proof. The person who attends instead is unconfirmed like everybody who writes, unless the address is confirmed.
create function public.substitute_delegate(p_folio text, p_secret text, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret, 'jornadas');
  v_submission app.submissions;
begin
  perform app.refuse_huge_numbers(p_data);
  v_submission := app.lock_submission(v_id, null);
  if v_submission.state = 'withdrawn' then perform app.refuse('seat_unknown', 'jornada_id', 404); end if;
  perform app.substitute(v_submission, app.canon_json(p_data), 'app', null);
  return '{"substituted": true}';
end $$;
grant execute on function public.substitute_delegate(text, text, jsonb) to anon, authenticated;

-- payload {id, display_name, post, email, jornada_ids, channel, reason}: the same on somebody's behalf, with or without an
-- address. The person is confirmed, because a member spoke with them.
create function app.substitute_for(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_reason text := app.check_reason_given(app.text_of(p_op.payload, 'reason'));
  v_submission app.submissions;
begin
  if exists (select from app.seats s where s.submission_id = p_op.entity_id
    and s.replaced_by = app.parse_uuid(app.text_of(p_op.payload, 'id'))) then p_op.expected_version := (select u.version
      from app.submissions u where u.id = p_op.entity_id); end if;
  v_submission := app.lock_for_registrar(p_op);
  perform app.substitute(v_submission, p_op.payload, 'telephone', v_reason);
end $$;

insert into app.op_kinds (kind, actor, handler, roles) values
  ('registration.substitute', 'staff', 'substitute_for', app.registrars());
