-- The institution's logo: two PNG files that a browser drew. No other bytes are kept, and of these only what draws the picture.

-- Width and height, or null when the bytes are no whole PNG: signature, IHDR first, chunks whose lengths add up, and
-- nothing after IEND.
create function app.png_size(p_bytes bytea) returns int[]
language plpgsql immutable strict parallel safe as $$
declare
  v_at int := 8;
  v_length bigint;
begin
  if octet_length(p_bytes) < 57 or substring(p_bytes from 1 for 16) <> '\x89504e470d0a1a0a0000000d49484452' then return null; end if;
  loop
    if v_at + 12 > octet_length(p_bytes) then return null; end if;
    v_length := ('x' || encode(substring(p_bytes from v_at + 1 for 4), 'hex'))::bit(32)::bigint;
    if v_length > octet_length(p_bytes) - v_at - 12 then return null; end if;
    exit when substring(p_bytes from v_at + 5 for 4) = '\x49454e44';
    v_at := v_at + 12 + v_length::int;
  end loop;
  if v_length <> 0 or v_at + 12 <> octet_length(p_bytes) then return null; end if;
  return array[('x' || encode(substring(p_bytes from 17 for 4), 'hex'))::bit(32)::int,
    ('x' || encode(substring(p_bytes from 21 for 4), 'hex'))::bit(32)::int];
end $$;

-- The parts of a whole PNG that draw it. Browsers and cameras write others beside them: places, programs, the name of a screen.
create function app.plain_png(p_bytes bytea) returns bytea
language plpgsql immutable strict parallel safe as $$
declare
  v_plain bytea := substring(p_bytes from 1 for 8);
  v_at int := 8;
  v_length int;
  v_name text := '';
begin
  while v_name <> 'IEND' loop
    v_length := ('x' || encode(substring(p_bytes from v_at + 1 for 4), 'hex'))::bit(32)::int;
    v_name := encode(substring(p_bytes from v_at + 5 for 4), 'escape');
    if v_name in ('IHDR', 'PLTE', 'IDAT', 'IEND') or (v_name in ('tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD') and v_length <= 256) then
      v_plain := v_plain || substring(p_bytes from v_at + 1 for v_length + 12);
    end if;
    v_at := v_at + 12 + v_length;
  end loop;
  return v_plain;
end $$;

-- The PNG that the text holds as base64, without what does not draw it, or null unless its size is within the bounds and at most 64 KiB.
create function app.png_within(p_text text, p_width int, p_height int) returns bytea
language plpgsql immutable strict set search_path = '' as $$
declare
  v_bytes bytea;
  v_size int[];
begin
  if char_length(p_text) > 87384 then return null; end if;
  v_bytes := decode(p_text, 'base64');
  v_size := app.png_size(v_bytes);
  if v_size[1] between 1 and p_width and v_size[2] between 1 and p_height then return app.plain_png(v_bytes); end if;
  return null;
exception when data_exception then
  return null;
end $$;

-- Names the present logo, so that a phone fetches each one once.
create function app.logo_hash(p_institution app.institution) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return left(encode(sha256(p_institution.logo_header || p_institution.logo_icon), 'hex'), 16);
end $$;

-- The logo as base64: `header` for the top of the page, `icon` for the browser's tab. Null when there is none.
create function public.institution_logo() returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('hash', app.logo_hash(i), 'header', translate(encode(i.logo_header, 'base64'), E'\n', ''),
    'icon', translate(encode(i.logo_icon, 'base64'), E'\n', ''))
  from app.institution i where i.logo_header is not null
$$;
grant execute on function public.institution_logo() to anon, authenticated;
