-- The naive way, on 1 July 2025: one row a lead as it stands that day, its fields as the export shows
-- them and its activities counted over the whole log, whenever the lead was won or lost.
WITH ends AS (
  SELECT lead_id, MIN(kind) AS stage FROM activities
  WHERE kind IN ('won', 'lost') AND occurred_at < '2025-07-01' GROUP BY lead_id
),
moments AS (
  SELECT l.lead_id, '2025-07-01 00:00:00' AS today, COALESCE(e.stage, 'open') AS stage
  FROM leads l LEFT JOIN ends e USING (lead_id)
  WHERE l.created_at < '2025-07-01'
)
SELECT l.lead_id, l.country, l.language, l.industry, l.product_interest, l.source, l.campaign,
  l.sessions_before, l.seconds_on_site, l.consent,
  CASE WHEN EXISTS (SELECT 1 FROM changes c WHERE c.lead_id = l.lead_id AND c.field = 'budget'
                    AND c.changed_at >= m.today) THEN NULL ELSE l.budget END AS budget,
  CASE WHEN m.stage = 'won' THEN l.onboarding_owner END AS onboarding_owner,
  COUNT(a.kind) AS activities,
  COUNT(CASE a.kind WHEN 'page_view' THEN 1 END) AS page_views,
  COUNT(CASE a.kind WHEN 'download' THEN 1 END) AS downloads,
  COUNT(CASE a.kind WHEN 'webinar' THEN 1 END) AS webinars,
  COUNT(CASE a.kind WHEN 'demo_request' THEN 1 END) AS demo_requests,
  COUNT(CASE a.kind WHEN 'email_sent' THEN 1 END) AS emails_sent,
  COUNT(CASE a.kind WHEN 'email_open' THEN 1 END) AS emails_opened,
  COUNT(CASE a.kind WHEN 'email_click' THEN 1 END) AS emails_clicked,
  COUNT(CASE a.kind WHEN 'reply' THEN 1 END) AS replies,
  COUNT(CASE a.kind WHEN 'unsubscribe' THEN 1 END) AS unsubscribed,
  COUNT(CASE a.kind WHEN 'call' THEN 1 END) AS calls,
  COUNT(CASE a.kind WHEN 'product_use' THEN 1 END) AS product_uses,
  COUNT(DISTINCT date(a.occurred_at)) AS active_days,
  ROUND(julianday(m.today) - julianday(MAX(a.occurred_at)), 2) AS days_since_last,
  ROUND(julianday(m.today) - julianday(l.created_at), 2) AS days_since_created,
  m.stage
FROM moments m JOIN leads l USING (lead_id)
LEFT JOIN activities a ON a.lead_id = l.lead_id AND a.kind NOT IN ('won', 'lost')
  AND a.occurred_at < m.today AND a.recorded_at < m.today
GROUP BY m.lead_id
ORDER BY m.lead_id
