-- Calendar days in central Mexico, and how letters write them.

-- Days on which the institution does not work, in addition to Saturdays and Sundays.
create table app.holidays (
  day date primary key,
  name text not null
);
alter table app.holidays enable row level security;

-- The date in central Mexico at an instant.
create function app.local_day(p_at timestamptz) returns date
language sql stable set search_path = '' as $$
  select (p_at at time zone 'America/Mexico_City')::date
$$;

-- The last second of a day in central Mexico: the meaning of «hasta el día D, 23:59».
create function app.end_of_day(p_day date) returns timestamptz
language sql stable set search_path = '' as $$
  select (p_day + time '23:59:59') at time zone 'America/Mexico_City'
$$;

create function app.is_business_day(p_day date) returns boolean
language sql stable set search_path = '' as $$
  select extract(isodow from p_day) < 6 and not exists (select from app.holidays h where h.day = p_day)
$$;

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

-- «viernes 12 de noviembre de 2021».
create function app.spanish_day(p_day date) returns text
language sql immutable set search_path = '' as $$
  select format('%s %s de %s de %s',
    (array['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'])[extract(isodow from p_day)],
    extract(day from p_day),
    (array['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre',
      'noviembre', 'diciembre'])[extract(month from p_day)],
    extract(year from p_day))
$$;

-- «viernes 12 de noviembre de 2021, 14:05, hora del centro de México».
create function app.spanish_instant(p_at timestamptz) returns text
language sql stable set search_path = '' as $$
  select format('%s, %s, hora del centro de México', app.spanish_day(app.local_day(p_at)),
    to_char(p_at at time zone 'America/Mexico_City', 'HH24:MI'))
$$;
