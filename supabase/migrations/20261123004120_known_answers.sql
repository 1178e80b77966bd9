-- Answers that the caller may hold already (RFC 9110, 13.1.2). PostgREST gives a function the request's headers and takes
-- headers and status of the answer from it («request.headers», «response.headers», «response.status»), so the same lines
-- serve a hosted project and the embedded backend, and the browser's own cache sends the tag.

-- The answer to a public read with its tag; null with status 304 when the request names that tag. `now` is left out of the
-- tag: it differs each time and says nothing of what is shown. The tag is weak, because gateways compress answers.
create function app.unless_known(p_answer jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_tag text := '"' || left(app.sha256_hex((p_answer - 'now')::text), 32) || '"';
  v_held text := app.jsonb_or_null(nullif(current_setting('request.headers', true), '')) ->> 'if-none-match';
begin
  perform set_config('response.headers', jsonb_build_array(jsonb_build_object('ETag', 'W/' || v_tag),
    jsonb_build_object('Cache-Control', 'no-cache'))::text, true);
  if v_tag = any (regexp_split_to_array(replace(v_held, 'W/', ''), '\s*,\s*')) then
    perform set_config('response.status', '304', true);
    return null;
  end if;
  return p_answer;
end $$;
