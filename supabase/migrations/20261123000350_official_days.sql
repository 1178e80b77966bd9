-- Mexico's days of obligatory rest by Ley Federal del Trabajo, article 74: the fixed ones, and the Mondays that the
-- reform of 2006 moved. The federal executive changes on 1 December until 2018 and on 1 October since 2024. Days of
-- elections are Sundays and need no line.

create function app.nth_monday(p_year int, p_month int, p_nth int) returns date
language plpgsql immutable set search_path = '' as $$
begin
  return (select d + (8 - extract(isodow from d)::int) % 7 + 7 * (p_nth - 1) from (select make_date(p_year, p_month, 1) as d) m);
end $$;

create function app.official_rest_days(p_year int) returns table (day date, name text)
language sql immutable set search_path = '' as $$
  select o.day, o.name from (values
    (make_date(p_year, 1, 1), 'Año Nuevo'),
    (app.nth_monday(p_year, 2, 1), 'Día de la Constitución'),
    (app.nth_monday(p_year, 3, 3), 'Natalicio de Benito Juárez'),
    (make_date(p_year, 5, 1), 'Día del Trabajo'),
    (make_date(p_year, 9, 16), 'Día de la Independencia'),
    (case when p_year >= 2024 and p_year % 6 = 2 then make_date(p_year, 10, 1)
      when p_year < 2024 and p_year % 6 = 2 then make_date(p_year, 12, 1) end, 'Transmisión del Poder Ejecutivo Federal'),
    (app.nth_monday(p_year, 11, 3), 'Día de la Revolución'),
    (make_date(p_year, 12, 25), 'Navidad')) o (day, name)
  where o.day is not null order by o.day
$$;
