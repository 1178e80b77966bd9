-- Calendar days in central Mexico, and how letters write them.

-- Days on which the institution does not work, in addition to Saturdays and Sundays.
create table app.holidays (
  day date primary key,
  name text not null
);
alter table app.holidays enable row level security;
comment on table app.holidays is
  'Personal data: none. Readers: everybody. Kept: until the calendar is saved anew. Deleted by: public.save_holidays.';

-- The date in central Mexico at an instant.
create function app.local_day(p_at timestamptz) returns date
language plpgsql stable set search_path = '' as $$
begin
  return (p_at at time zone 'America/Mexico_City')::date;
end $$;

-- The last second of a day in central Mexico: the meaning of «hasta el día D, 23:59».
create function app.end_of_day(p_day date) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (p_day + time '23:59:59') at time zone 'America/Mexico_City';
end $$;

create function app.is_business_day(p_day date) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return extract(isodow from p_day) < 6 and not exists (select from app.holidays h where h.day = p_day);
end $$;

-- The end of the nth business day after the day of p_from. The day itself does not count.
create function app.business_deadline(p_from timestamptz, p_days int) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  v_day date := app.local_day(p_from);
  v_left int := p_days;
begin
  while v_left > 0 loop
    v_day := v_day + 1;
    if app.is_business_day(v_day) then v_left := v_left - 1; end if;
  end loop;
  return app.end_of_day(v_day);
end $$;

-- The same hour of the next business day.
create function app.next_business_hour(p_at timestamptz) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (app.local_day(app.business_deadline(p_at, 1)) + (p_at at time zone 'America/Mexico_City')::time)
    at time zone 'America/Mexico_City';
end $$;

-- How many business days lie after p_from up to p_to; negative where p_to is earlier.
create function app.business_days_between(p_from date, p_to date) returns int
language plpgsql stable set search_path = '' as $$
begin
  return (select sign(p_to - p_from)::int * count(*)::int
  from generate_series(least(p_from, p_to), greatest(p_from, p_to), interval '1 day') d
  where d::date <> p_from and app.is_business_day(d::date));
end $$;

-- The day as many business days from p_to as p_day is from p_from. The same distance for days of rest: a series keeps
-- its rhythm wherever it is moved. Null when one of the first two days is not known.
create function app.moved_day(p_day date, p_from date, p_to date) returns date
language plpgsql stable set search_path = '' as $$
declare
  v_left int := app.business_days_between(p_from, p_day);
  v_step int := sign(v_left)::int;
  v_day date := p_to;
begin
  if p_day is null or p_from is null then return null; end if;
  while v_left <> 0 loop
    v_day := v_day + v_step;
    if app.is_business_day(v_day) then v_left := v_left - v_step; end if;
  end loop;
  return v_day;
end $$;

-- The instant on the moved day, at the same hour of central Mexico.
create function app.moved_instant(p_at timestamptz, p_from date, p_to date) returns timestamptz
language plpgsql stable set search_path = '' as $$
begin
  return (app.moved_day(app.local_day(p_at), p_from, p_to)
    + (p_at at time zone 'America/Mexico_City')::time) at time zone 'America/Mexico_City';
end $$;

-- «viernes 12 de noviembre de 2021».
create function app.spanish_day(p_day date) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return format('%s %s de %s de %s',
    (array['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'])[extract(isodow from p_day)],
    extract(day from p_day),
    (array['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre',
      'noviembre', 'diciembre'])[extract(month from p_day)],
    extract(year from p_day));
end $$;

-- «viernes 12 de noviembre de 2021, 14:05, hora del centro de México».
create function app.spanish_instant(p_at timestamptz) returns text
language plpgsql stable set search_path = '' as $$
begin
  return format('%s, %s, hora del centro de México', app.spanish_day(app.local_day(p_at)),
    to_char(p_at at time zone 'America/Mexico_City', 'HH24:MI'));
end $$;
