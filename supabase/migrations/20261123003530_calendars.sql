-- Calendars that subscribe: to the days of a campaign, which everybody may, and to those of one registration, by an address
-- that its author makes and takes back.

-- The address of a registration's calendar. The phone makes its key of the folio's secret and of `nonce`, so whoever holds the
-- private link can show the address again, and here only its hash is kept.
create table app.calendar_addresses (
  submission_id uuid primary key references app.registrations on delete cascade,
  nonce text not null check (nonce ~ '^[0-9a-f]{32}$'),
  key_hash text not null unique,
  at timestamptz not null default app.now()
);
alter table app.calendar_addresses enable row level security;
comment on table app.calendar_addresses is
  'Personal data: hash of the address by which a calendar reads the days of a registration. Readers: the server; its author,'
  ' the nonce. Kept: until its author takes it back, or with the submission. Deleted by: public.choose_calendar.';

-- Makes the calendar's address of a registration, or another one in its place; without a nonce the present one ends. The
-- folio's secret is the proof. Answers the nonce that counts now.
create function public.choose_calendar(p_folio text, p_secret text, p_nonce text default null, p_key text default null)
returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_id uuid := app.own_submission(p_folio, p_secret, 'jornadas');
begin
  perform app.count_choice(v_id);
  if p_nonce is null then
    delete from app.calendar_addresses c where c.submission_id = v_id;
  elsif p_nonce !~ '^[0-9a-f]{32}$' or coalesce(p_key !~ '^[0-9a-f]{32}$', true) then
    perform app.refuse('malformed_op', 'p_key', 400);
  else
    insert into app.calendar_addresses as c (submission_id, nonce, key_hash) values (v_id, p_nonce, app.sha256_hex(p_key))
    on conflict (submission_id) do update set nonce = excluded.nonce, key_hash = excluded.key_hash, at = app.now()
      where c.key_hash <> excluded.key_hash;
  end if;
  if found then perform app.touch_submission(v_id); end if;
  return jsonb_build_object('calendar', p_nonce);
end $$;
grant execute on function public.choose_calendar(text, text, text, text) to anon, authenticated;

-- {calendar: the nonce of the address}; {} without one. Older phones do not know the key.
create function app.calendar_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('calendar', c.nonce) from app.calendar_addresses c
    where c.submission_id = p_submission), '{}');
end $$;

create function app.calendar_event(p_jornada app.jornadas, p_submission uuid, p_version int, p_campaign app.convocatorias,
  p_words text, p_cancelled boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('submission', p_submission, 'version', p_version, 'jornada', jsonb_build_object(
      'id', p_jornada.id, 'on_day', p_jornada.on_day, 'starts_at', p_jornada.starts_at, 'ends_at', p_jornada.ends_at,
      'place', p_jornada.place, 'sequence', p_jornada.sequence),
    'summary', format('%s: %s', p_campaign.title, p_jornada.title),
    'description', concat_ws(E'\n\n', p_words, p_campaign.label), 'is_cancelled', p_cancelled);
end $$;

-- The days of a published campaign; null for any other. Days without a date have no event: the calendar's description names
-- them until they have one.
create function app.campaign_calendar(p_slug text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('name', c.title, 'page', '/c/' || c.slug, 'description', concat_ws(E'\n\n', c.summary,
      (select 'Con fecha por confirmar: ' || string_agg(app.jornada_name(j), '; ' order by g.position, j.position)
        from app.jornadas j join app.jornada_groups g on g.id = j.group_id
        where j.convocatoria_id = c.id and j.on_day is null and j.cancelled_at is null), c.label),
    'events', coalesce((select jsonb_agg(app.calendar_event(j, null, 0, c, concat_ws(E'\n', g.name, j.speaker,
        case when j.cancelled_at is not null then 'Se canceló: ' || j.cancel_reason end), j.cancelled_at is not null)
        order by j.on_day, g.position, j.position)
      from app.jornadas j join app.jornada_groups g on g.id = j.group_id
      where j.convocatoria_id = c.id and j.on_day is not null), '[]'))
  from app.convocatorias c where c.slug = p_slug and c.published
    and exists (select from app.jornada_groups g where g.convocatoria_id = c.id));
end $$;

-- The days of a registration that are or were confirmed; null for an address that is unknown or was taken back. It has no
-- name, no pass and no link of a session: calendars keep what they read in places that nobody here knows.
create function app.own_calendar(p_key text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('name', format('%s: folio %s', c.title, s.folio), 'page', '/c/' || c.slug,
    'description', concat_ws(E'\n\n', 'Los días de su inscripción.', c.label),
    'events', coalesce((select jsonb_agg(app.calendar_event(j, s.id, s.version, c,
        format(case when app.shown_status(t) = 'cancelled' then 'Folio %s. Su lugar se canceló.'
          else 'Folio %s. Lleve su pase en el teléfono.' end, s.folio), app.shown_status(t) = 'cancelled')
        order by j.on_day, j.position)
      from app.seats t join app.jornadas j on j.id = t.jornada_id
      where t.submission_id = s.id and j.on_day is not null
        and app.shown_status(t) in ('confirmed', 'attended', 'cancelled')), '[]'))
  from app.calendar_addresses a join app.submissions s on s.id = a.submission_id
  join app.convocatorias c on c.id = s.convocatoria_id where a.key_hash = app.sha256_hex(p_key));
end $$;

-- A feed for the function `calendar`, by the slug of a campaign or the key of a registration; {refused: `unknown` | `too_many`}
-- where there is none. A caller reads one feed 30 times an hour, and as often addresses that do not exist: services that
-- read the calendars of many people from one network are not held back. p_direct and p_hops: the headers cf-connecting-ip and
-- x-forwarded-for of the caller.
create function public.calendar_feed(p_campaign text, p_key text, p_direct text, p_hops text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_feed jsonb := case when p_key is not null then app.own_calendar(p_key) else app.campaign_calendar(p_campaign) end;
  v_caller text;
begin
  perform set_config('request.headers',
    jsonb_strip_nulls(jsonb_build_object('cf-connecting-ip', p_direct, 'x-forwarded-for', p_hops))::text, true);
  v_caller := app.sha256_hex(concat_ws(' ', app.caller_hash(), case when v_feed is not null then coalesce(p_key, p_campaign) end));
  if not app.note_call('calendar', v_caller, 30) then return '{"refused": "too_many"}'; end if;
  if v_feed is null then return '{"refused": "unknown"}'; end if;
  return v_feed || jsonb_build_object('organiser', (select jsonb_build_object('name', i.name, 'email', nullif(i.contact ->> 'email', ''))
    from app.institution i));
end $$;
grant execute on function public.calendar_feed(text, text, text, text) to service_role;
