-- A folio names a submission to people: `PR-2026-000042-7`.

create sequence app.folio_numbers;   -- gaps are allowed: a refused op may consume a number

-- Damm's check digit, with the table of src/domain/folio.ts.
create function app.damm_digit(p_digits text) returns int
language plpgsql immutable set search_path = '' as $$
declare
  c_table constant text[] := array['0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
    '3674209581', '5869720134', '8945362017', '9438617205', '2581436790'];
  v_interim int := 0;
begin
  for i in 1 .. char_length(p_digits) loop
    v_interim := substr(c_table[v_interim + 1], substr(p_digits, i, 1)::int + 1, 1)::int;
  end loop;
  return v_interim;
end $$;

-- Prefix of the kind, year in central Mexico, number of at least six digits, check digit.
create function app.compose_folio(p_kind text, p_year text, p_number bigint) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select format('%s-%s-%s-%s', k.folio_prefix, p_year, n.digits, app.damm_digit(p_year || n.digits))
  from app.campaign_kinds k,
    (select lpad(p_number::text, greatest(6, char_length(p_number::text)), '0') as digits) n
  where k.kind = p_kind);
end $$;

create function app.next_folio(p_kind text) returns text
language plpgsql volatile set search_path = '' as $$
begin
  return app.compose_folio(p_kind, to_char(app.local_day(app.now()), 'YYYY'), nextval('app.folio_numbers'));
end $$;
