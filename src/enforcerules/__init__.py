"""Law as tested, explainable data for drug-safety enforcement."""
