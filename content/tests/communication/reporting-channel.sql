-- test:      communication.reporting-channel
-- version:   1
-- title:     Everyone was told within the last year how to report a security problem
-- kind:      state
-- subject:   -
-- controls:  CM-02
-- severity:  medium
-- needs:     communication
-- param:     max_days int = 365 guard <= 400
-- why:       The first hour of an incident is often lost on finding out whom to tell.
-- remedy:    Remind everyone of the channel, and record the notice with the topic
--            reporting_channel.
SELECT 'reporting channel' AS item,
       CASE WHEN count(CASE WHEN (sent_at >= as_of() - days(:max_days) AND sent_at <= as_of()) IS TRUE THEN 1 END) > 0 THEN TRUE
            WHEN count(CASE WHEN sent_at IS NULL THEN 1 END) > 0 THEN NULL
            ELSE FALSE END AS ok,
       CASE WHEN count(*) = 0 THEN 'no such notice is on record' ELSE 'the last notice is too old, or not dated' END AS reason,
       CAST(count(*) AS TEXT) || ' notices' AS observed
  FROM communication
 WHERE kind = 'internal' AND topic = 'reporting_channel' AND state = 'sent'
