-- Ten questions to output/spendtrail.db, each on the promised views. Money is in pounds.
-- Run with: sqlite3 -header -column output/spendtrail.db < examples/ten_questions.sql

-- 1. What was budgeted in each year, and how much of it do the printed sums prove?
SELECT financial_year, printed_total, proven, unproven, contradicted FROM coverage
ORDER BY publisher, financial_year;

-- 2. Which five lines cost most in 2019-20?
SELECT service_printed, provider_printed, amount FROM spending
WHERE financial_year = '2019-20' AND is_current
ORDER BY amount DESC, amount_id LIMIT 5;

-- 3. How is the money of 2020-21 shared between the sections as printed?
SELECT section, sum(amount) AS pounds,
  round(100.0 * sum(amount) / sum(sum(amount)) OVER (), 1) AS per_cent
FROM spending WHERE financial_year = '2020-21' AND is_current
GROUP BY section ORDER BY pounds DESC;

-- 4. Which printed sums do not close to the penny?
SELECT document, label, financial_year, amount, computed, difference, verdict
FROM printed_totals WHERE difference <> 0 ORDER BY document, label;

-- 5. How much is funded in which way in 2018-19?
SELECT coalesce(mechanism, 'not printed') AS mechanism, count(*) AS lines, sum(amount) AS pounds
FROM spending WHERE financial_year = '2018-19' AND is_current
GROUP BY 1 ORDER BY pounds DESC;

-- 6. Which grants of 2017-18 or later are below £5,000?
SELECT service_printed, financial_year, amount FROM spending
WHERE mechanism = 'grant' AND amount > 0 AND amount < 5000 AND is_current
  AND financial_year >= '2017-18'
ORDER BY amount, financial_year, amount_id;

-- 7. Which lines got exactly the same sum three years running?
SELECT line_id, service_printed, amount FROM spending
WHERE financial_year IN ('2018-19', '2019-20', '2020-21') AND amount > 100000
GROUP BY line_id, amount HAVING count(*) = 3
ORDER BY amount DESC, line_id LIMIT 5;

-- 8. Which figures carry a note, and what does it say?
SELECT service_printed, amount_printed, note FROM spending
WHERE note IS NOT NULL AND instr(amount_printed, '*') ORDER BY amount_id LIMIT 3;

-- 9. What is said in the text about £50,000 and more, and do the tables bear it out?
SELECT DISTINCT printed, financial_year, verdict, document FROM narrative_amounts
WHERE amount >= 50000 AND verdict IS NOT NULL ORDER BY document, printed LIMIT 6;

-- 10. Where does the text speak of young people and grants in one breath?
SELECT document, page, number FROM passages WHERE text MATCH 'young AND grant*' LIMIT 4;
