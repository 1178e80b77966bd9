-- What a phone asks of the videos that a person keeps on it.

-- Whether the public copy of this name may be shown now: it is that of its published video, in a published campaign, within its licence.
create function app.is_public_copy(p_name text) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_id uuid := app.parse_uuid(split_part(p_name, '.', 1));
  v_media app.media_uploads;
begin
  select m.* into v_media from app.renditions r join app.media_uploads m on m.id = r.media_id where r.public_id = v_id and r.is_copied;
  if not found then
    select m.* into v_media from app.media_uploads m where m.public_id = v_id
      and not exists (select from app.renditions r where r.media_id = m.id and r.is_copied);
  end if;
  return coalesce(v_media.public_ready and (v_media.licence_until is null or app.now() <= app.end_of_day(v_media.licence_until)), false)
    and exists (select from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id and c.published
      where s.id = v_media.submission_id and s.state = 'published');
end $$;

-- Which of these names of public copies are public now, of at most 100: the phone forgets the others.
create function public.public_videos(p_objects text[]) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return jsonb_build_object('items', coalesce((select jsonb_agg(o.name order by o.nth)
    from unnest(p_objects[1:100]) with ordinality o (name, nth) where app.is_public_copy(o.name)), '[]'));
end $$;
grant execute on function public.public_videos(text[]) to anon, authenticated;
