from . import sajad_engine, sajad_request_rating
