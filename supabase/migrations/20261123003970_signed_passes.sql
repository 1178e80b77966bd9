-- Passes that the function `sign` signed, so that a door judges one that its list does not have yet. A seat never waits for it:
-- until then, and on older phones, its pass is folio, day and code. docs/passes.md is the format.

create table app.signed_passes (
  submission_id uuid not null,
  jornada_id uuid not null,
  signed text not null check (signed ~ '^[0-9a-f]{218}$'),                    -- the signed bytes and the signature
  pass_code text not null generated always as (substr(signed, 63, 20)) stored,  -- another one has no signature yet
  primary key (submission_id, jornada_id),
  foreign key (submission_id, jornada_id) references app.seats on delete cascade
);
alter table app.signed_passes enable row level security;
comment on table app.signed_passes is
  'Personal data: which days somebody attended. Readers: its author. Kept: with the submission. Deleted by:'
  ' app.forget_records.';

-- The signed pass of a seat; null until there is one for its present code.
create function app.signed_pass(p_seat app.seats) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select p.signed from app.signed_passes p
    where (p.submission_id, p.jornada_id, p.pass_code) = (p_seat.submission_id, p_seat.jornada_id, p_seat.pass_code));
end $$;

-- What a pass says, in hexadecimal: submission, year and number of the folio, the last half of the day's id, the code, and the
-- second at which it is signed.
create function app.pass_content(p_seat app.seats, p_folio text) returns text
language plpgsql stable set search_path = '' as $$
begin
  return replace(p_seat.submission_id::text, '-', '') || lpad(to_hex(split_part(p_folio, '-', 2)::int - 2000), 2, '0')
    || lpad(to_hex(split_part(p_folio, '-', 3)::bigint), 8, '0') || right(replace(p_seat.jornada_id::text, '-', ''), 16)
    || p_seat.pass_code || lpad(to_hex(floor(extract(epoch from app.now()))::bigint), 8, '0');
end $$;

-- Passes without a signature, `[{submission_id, jornada_id, content}]`, those of the next day first. Days that are over,
-- called off or online need none.
create function public.take_passes(p_limit int) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('submission_id', d.submission_id, 'jornada_id', d.jornada_id,
      'content', app.pass_content(d.seat, d.folio))), '[]')
    from (select s.submission_id, s.jornada_id, s as seat, u.folio
      from app.jornadas j join app.seats s on s.jornada_id = j.id and s.shown = 'confirmed'
      join app.submissions u on u.id = s.submission_id
      left join app.signed_passes p on p.submission_id = s.submission_id and p.jornada_id = s.jornada_id
      where coalesce(j.on_day >= app.local_day(app.now()), true) and j.cancelled_at is null
        and j.modality is distinct from 'virtual' and s.pass_code ~ '^[0-9a-f]{20}$' and p.pass_code is distinct from s.pass_code
      order by j.on_day, s.received_at limit p_limit) d);
end $$;
grant execute on function public.take_passes(int) to service_role;

-- Keeps signed passes, `[{submission_id, jornada_id, signed}]`, and tells their phones. One whose seat was lost meanwhile or got
-- another code is left out. The registration has not changed, so its version stays.
create function public.settle_passes(p_signed jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_ids uuid[];
begin
  with signed as (
    insert into app.signed_passes (submission_id, jornada_id, signed)
    select s.submission_id, s.jornada_id, i.item ->> 'signed'
    from app.items_of(jsonb_build_object('signed', p_signed), 'signed') i
    join app.seats s on s.submission_id = app.parse_uuid(i.item ->> 'submission_id')
      and s.jornada_id = app.parse_uuid(i.item ->> 'jornada_id') and s.pass_code = substr(i.item ->> 'signed', 63, 20)
    on conflict (submission_id, jornada_id) do update set signed = excluded.signed
    returning submission_id
  ) select array_agg(distinct s.submission_id) into v_ids from signed s;
  perform app.log_submission_change(u.id) from unnest(v_ids) u (id);
  return jsonb_build_object('signed', coalesce(cardinality(v_ids), 0));
end $$;
grant execute on function public.settle_passes(jsonb) to service_role;
