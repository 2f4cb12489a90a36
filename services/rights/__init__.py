"""Rights and democratic management: cases, agreements, congresses, disclosure, evaluation, warnings."""
