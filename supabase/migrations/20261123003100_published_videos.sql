-- The list of published videos.

-- Whether the video is about the pillar, of the municipality and of the sector that are asked for, null meaning any. A filter finds only what
-- the author allows everybody to read: the permissions are read of the videos that match, because they cost more.
create function app.is_video_found(p_video app.videos, p_pillar text, p_municipality text, p_sector text) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  v_needs text[] := array_remove(array[case when p_municipality is not null then 'municipality' end,
    case when p_sector is not null then 'sector' end], null);
begin
  if (p_pillar is not null and p_video.pillar <> p_pillar)
    or (p_municipality is not null and p_video.municipality is distinct from p_municipality)
    or (p_sector is not null and p_video.sector is distinct from p_sector) then
    return false;
  end if;
  return v_needs = '{}' or v_needs <@ app.allowed_by_author(p_video.submission_id);
end $$;

-- The 50 submissions of a page of published videos whose public copy is ready, newest first, after the given position. The position is
-- compared without «or», so that the index serves every page; the copy is asked for row by row, because a plan that joins it would
-- read all copies. A search has a query of its own: the whole gallery reads no text to find its page.
create function app.published_video_page(p_convocatoria uuid, p_at timestamptz, p_id uuid, p_pillar text, p_municipality text,
  p_sector text)
returns setof app.submissions
language plpgsql stable rows 50 set search_path = '' as $$
begin
  if num_nonnulls(p_pillar, p_municipality, p_sector) = 0 then
    return query select s.* from app.submissions s
    where s.convocatoria_id = p_convocatoria and s.state = 'published'
      and exists (select from app.convocatorias c where c.id = p_convocatoria and c.published)
      and (select m.public_ready and (m.licence_until is null or app.now() <= app.end_of_day(m.licence_until))
        from app.media_uploads m where m.submission_id = s.id)
      and (s.published_at, s.id) < (p_at, p_id)
    order by s.published_at desc, s.id desc limit 50;
  else
    return query select s.* from app.submissions s
    where s.convocatoria_id = p_convocatoria and s.state = 'published'
      and exists (select from app.convocatorias c where c.id = p_convocatoria and c.published)
      and (select m.public_ready and (m.licence_until is null or app.now() <= app.end_of_day(m.licence_until))
        from app.media_uploads m where m.submission_id = s.id)
      and (select app.is_video_found(v, p_pillar, p_municipality, p_sector) from app.videos v where v.submission_id = s.id)
      and (s.published_at, s.id) < (p_at, p_id)
    order by s.published_at desc, s.id desc limit 50;
  end if;
end $$;

-- The published videos, newest first, 50 a page. p_after is the `next` of the page before; p_pillar, p_municipality and p_sector: only those
-- that match all.
create function public.published_videos(p_convocatoria uuid, p_after text default null, p_pillar text default null,
  p_municipality text default null, p_sector text default null) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  return app.unless_known((with page as (
      select s.id, s.folio, s.published_at, v.pillar, v.title, v.summary, v.transcript, v.voiceless, v.municipality, v.sector,
        m.duration_ms, coalesce(r.bytes, m.bytes) as bytes, case when r.id is null then m.mime else 'video/mp4' end as mime,
        coalesce(r.public_id || '.mp4', app.public_object(m)) as object,
        case when m.poster is not null then coalesce(r.public_id, m.public_id) || '.jpg' end as poster,
        case when v.captions is not null then coalesce(r.public_id, m.public_id) || '.vtt' end as captions,
        (select c.display_name from app.contacts c where c.submission_id = s.id and app.may_name(s.id)) as name, app.public_reply(s.id) as reply
      from app.published_video_page(p_convocatoria,
        case when p_after is null then 'infinity' else app.parse_instant(split_part(p_after, '~', 1)) end,
        case when p_after is null then 'ffffffff-ffff-ffff-ffff-ffffffffffff'
          else app.parse_uuid(split_part(p_after, '~', 2)) end, p_pillar, p_municipality, p_sector) s
      join app.videos v on v.submission_id = s.id join app.media_uploads m on m.submission_id = s.id
      left join lateral (select r.* from app.renditions r where r.media_id = m.id and r.is_copied order by r.id limit 1) r on true
    )
    select jsonb_build_object(
      'items', coalesce(jsonb_agg(app.public_item(p.id, 'videos', to_jsonb(p) - 'id') order by p.published_at desc, p.id desc), '[]'),
      'next', case when count(*) = 50 then (select app.page_key(l.published_at, l.id) from page l
        order by l.published_at, l.id limit 1) end)
    from page p));
end $$;
grant execute on function public.published_videos(uuid, text, text, text, text) to anon, authenticated;
